const vscode = require('vscode');

const files = new Map([
  ['/project/on-no-disk.ts', 'export const where = "on no disk";\n'],
  [
    '/project/.claude/commands/team.md',
    '---\ndescription: As the team does\n---\nDo as the team does.',
  ],
]);

const isFolder = (path) => [...files.keys()].some((known) => known.startsWith(`${path}/`));

exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const provider = {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => {} }),
    stat({ path }) {
      const text = files.get(path);
      if (text === undefined && !isFolder(path)) throw vscode.FileSystemError.FileNotFound(path);
      const { File, Directory } = vscode.FileType;
      const type = text === undefined ? Directory : File;
      return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
    },
    readFile({ path }) {
      const text = files.get(path);
      if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
      return new TextEncoder().encode(text);
    },
    readDirectory({ path }) {
      const below = [...files.keys()].filter((known) => known.startsWith(`${path}/`));
      const names = new Set(below.map((known) => known.slice(path.length + 1).split('/')[0]));
      const { File, Directory } = vscode.FileType;
      return [...names].map((name) => [name, isFolder(`${path}/${name}`) ? Directory : File]);
    },
    writeFile: refuse,
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  subscriptions.push(
    changed,
    vscode.workspace.registerFileSystemProvider('virtual-folder', provider, { isReadonly: true }),
  );
};
