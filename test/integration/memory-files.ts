import * as vscode from 'vscode';

/** Files that are nowhere on a disk, as those of a remote repository are: a virtual file system. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { readonly content: Uint8Array; readonly changed: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #clock = 1;

  write(path: string, text: string): void {
    this.#files.set(path, { content: new TextEncoder().encode(text), changed: this.#clock++ });
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(path);
    if (file === undefined) {
      const isFolder = [...this.#files.keys()].some((known) => known.startsWith(`${path}/`));
      if (!isFolder) throw vscode.FileSystemError.FileNotFound(path);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const { content, changed } = file;
    return { type: vscode.FileType.File, ctime: 0, mtime: changed, size: content.length };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.#files.get(path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return file.content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.#files.set(path, { content, changed: this.#clock++ });
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    return [...this.#files.keys()]
      .filter((known) => known.startsWith(`${path}/`))
      .map((known) => [known.slice(path.length + 1), vscode.FileType.File]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  createDirectory(): void {}

  delete({ path }: vscode.Uri): void {
    this.#files.delete(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.delete(from);
  }
}
