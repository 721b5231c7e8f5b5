/** Modules by the name that they are asked for. */
export type Modules = Readonly<Record<string, unknown>>;

/**
 * What a chunk gets: at once the modules, and the chunks that it can't begin without; others as
 * promises.
 */
type Require = (name: string) => unknown;

/** What the chunk can't begin without, as the build writes it. */
const required = /\brequire\("(\.\/[\w-]+\.cjs)"\)/g;

/**
 * Loads the chunks of the build where `require` knows no files, as VS Code itself loads an
 * extension there: by reading them. Each runs once, whoever asks for it.
 */
export class ChunkLoader {
  readonly #addressOf: (name: string) => string;
  readonly #read: (name: string) => Promise<string>;
  readonly #modules: Modules;
  readonly #loaded = new Map<string, Promise<unknown>>();
  readonly #ready = new Map<string, unknown>();

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
      await Promise.all([...text.matchAll(required)].map(([, first = '']) => this.load(first)));
      const module = { exports: {} };
      const source = `${text}\n//# sourceURL=${this.#addressOf(name)}`;
      // The way in which VS Code runs our entry: a worker has no other for CommonJS.
      new Function('module', 'exports', 'require', source)(module, module.exports, this.#require);
      this.#ready.set(name, module.exports);
      return module.exports;
    } catch (error) {
      this.#loaded.delete(name);
      throw error;
    }
  }

  readonly #require: Require = (name) => {
    if (name.startsWith('./')) return this.#ready.get(name) ?? this.load(name);
    if (!(name in this.#modules)) throw new Error(`There is no ${name} in a browser`);
    return this.#modules[name];
  };
}
