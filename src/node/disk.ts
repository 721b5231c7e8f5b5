import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a `file:` URI names. */
interface FileUri {
  readonly fsPath: string;
}

/** As `vscode.FileType` numbers them. */
const fileType = { file: 1, directory: 2 } as const;

/** What of `vscode.workspace.fs` journals need, without the window in between. */
export const disk = {
  async createDirectory({ fsPath }: FileUri): Promise<void> {
    await mkdir(fsPath, { recursive: true });
  },
  async delete({ fsPath }: FileUri, { recursive }: { readonly recursive: boolean }): Promise<void> {
    await rm(fsPath, { recursive });
  },
  async readDirectory({ fsPath }: FileUri): Promise<[string, number][]> {
    const entries = await readdir(fsPath, { withFileTypes: true });
    return entries.map((entry) => [
      entry.name,
      entry.isDirectory() ? fileType.directory : fileType.file,
    ]);
  },
  async readFile({ fsPath }: FileUri): Promise<Uint8Array> {
    return readFile(fsPath);
  },
  async rename(from: FileUri, to: FileUri): Promise<void> {
    await rename(from.fsPath, to.fsPath);
  },
  /** Makes the folder too; resolves when the text would outlive a loss of power. */
  async writeFile({ fsPath }: FileUri, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(fsPath), { recursive: true });
    await writeFile(fsPath, bytes, { flush: true });
  },
};
