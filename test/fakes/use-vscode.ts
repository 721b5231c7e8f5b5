import { registerHooks } from 'node:module';

/** Import this before anything that imports `vscode`: it gets the stand-in. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('./vscode.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
