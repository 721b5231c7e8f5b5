/** Modules by the name that they are asked for. */
export type Modules = Readonly<Record<string, unknown>>;

/** What a chunk gets: modules at once, and other chunks as promises. */
type Require = (name: string) => unknown;

/**
 * Loads the chunks of the build where `require` knows no files, as VS Code itself loads an extension
 * there: by reading them. Each runs once, whoever asks for it.
 */
export class ChunkLoader {
  readonly #addressOf: (name: string) => string;
  readonly #read: (name: string) => Promise<string>;
  readonly #modules: Modules;
  readonly #loaded = new Map<string, Promise<unknown>>();

  /**
   * @param read gives a chunk's text, by its name: `./connect.cjs`
   * @param addressOf what a debugger calls it
   * @param modules what chunks require besides each other
   */
  constructor(
    read: (name: string) => Promise<string>,
    addressOf: (name: string) => string,
    modules: Modules,
  ) {
    this.#read = read;
    this.#addressOf = addressOf;
    this.#modules = modules;
  }

  /** The chunk's exports. What failed is tried again when it is asked for again. */
  load(name: string): Promise<unknown> {
    const loaded = this.#loaded.get(name) ?? this.#run(name);
    this.#loaded.set(name, loaded);
    return loaded;
  }

  async #run(name: string): Promise<unknown> {
    try {
      const text = await this.#read(name);
      const module = { exports: {} };
      const source = `${text}\n//# sourceURL=${this.#addressOf(name)}`;
      // The way in which VS Code runs our entry: a worker has no other for CommonJS.
      new Function('module', 'exports', 'require', source)(module, module.exports, this.#require);
      return module.exports;
    } catch (error) {
      this.#loaded.delete(name);
      throw error;
    }
  }

  readonly #require: Require = (name) => {
    if (name.startsWith('./')) return this.load(name);
    if (!(name in this.#modules)) throw new Error(`There is no ${name} in a browser`);
    return this.#modules[name];
  };
}
