/**
 * Takes the place of the native module `@vscode/native-watchdog`, which isn't built here. It would end
 * an extension host whose server is gone; server-supervisor.ts does that.
 */
exports.start = () => {};
exports.exit = (code) => process.exit(code);
