/** What is known of a language by the word behind a fence. */
export interface Language {
  /** For the reader. */
  readonly name: string;
  /** VS Code's identifier. */
  readonly id: string;
  /** The highlighter's name; null where it can't colour it. */
  readonly grammar: string | null;
}

/** Name, identifier, grammar (null: the same as the identifier), and other words behind a fence. */
type LanguageRow = readonly [name: string, id: string, grammar: string | null, others: string];

const languageRows: readonly LanguageRow[] = [
  ['Shell', 'shellscript', 'bash', 'bash sh zsh shell fish ksh'],
  ['Shell Session', 'shellscript', 'shell', 'console shellsession terminal'],
  ['Batch', 'bat', 'dos', 'cmd batch dos'],
  ['PowerShell', 'powershell', null, 'ps ps1 psm1 pwsh'],
  ['C', 'c', null, 'h'],
  ['C++', 'cpp', null, 'c++ cc cxx hpp hh hxx h++'],
  ['C#', 'csharp', null, 'cs c#'],
  ['F#', 'fsharp', null, 'fs f# fsx'],
  ['Visual Basic', 'vb', 'vbnet', 'vbnet vb.net'],
  ['CSS', 'css', null, ''],
  ['SCSS', 'scss', null, ''],
  ['Sass', 'sass', 'scss', ''],
  ['Less', 'less', null, ''],
  ['Clojure', 'clojure', null, 'clj cljs edn'],
  ['CMake', 'cmake', null, ''],
  ['Dart', 'dart', null, ''],
  ['Diff', 'diff', null, 'patch'],
  ['Dockerfile', 'dockerfile', null, 'docker containerfile'],
  ['Elixir', 'elixir', null, 'ex exs'],
  ['Erlang', 'erlang', null, 'erl'],
  ['Go', 'go', null, 'golang'],
  ['Go Module', 'go.mod', 'go', 'gomod'],
  ['GraphQL', 'graphql', null, 'gql'],
  ['Groovy', 'groovy', null, 'gradle'],
  ['Haskell', 'haskell', null, 'hs'],
  ['Terraform', 'terraform', 'ini', 'tf hcl'],
  ['HTML', 'html', 'xml', 'htm xhtml'],
  ['XML', 'xml', null, 'svg xsd xsl xslt rss plist xaml csproj'],
  ['Vue', 'vue', 'xml', ''],
  ['Svelte', 'svelte', 'xml', ''],
  ['HTTP', 'http', null, 'https rest'],
  ['INI', 'ini', null, 'conf cfg editorconfig desktop'],
  ['Properties', 'properties', 'ini', 'dotenv env'],
  ['TOML', 'toml', 'ini', ''],
  ['Java', 'java', null, 'jsp'],
  ['JavaScript', 'javascript', null, 'js mjs cjs node'],
  ['JavaScript JSX', 'javascriptreact', 'javascript', 'jsx'],
  ['TypeScript', 'typescript', null, 'ts mts cts'],
  ['TypeScript JSX', 'typescriptreact', 'typescript', 'tsx'],
  ['JSON', 'json', null, 'geojson ipynb'],
  ['JSON with Comments', 'jsonc', 'json', 'json5'],
  ['JSON Lines', 'jsonl', 'json', 'ndjson'],
  ['Julia', 'julia', null, 'jl'],
  ['Kotlin', 'kotlin', null, 'kt kts'],
  ['LaTeX', 'latex', null, 'tex'],
  ['Lua', 'lua', null, ''],
  ['Makefile', 'makefile', null, 'make mk'],
  ['Markdown', 'markdown', null, 'md mdx mkd'],
  ['Nginx', 'nginx', null, ''],
  ['Nix', 'nix', null, ''],
  ['Objective-C', 'objective-c', 'objectivec', 'objectivec objc obj-c m mm'],
  ['OCaml', 'ocaml', null, 'ml mli'],
  ['Perl', 'perl', null, 'pl pm'],
  ['PHP', 'php', null, 'php3 php7 php8'],
  ['Protocol Buffers', 'proto3', 'protobuf', 'proto protobuf'],
  ['Python', 'python', null, 'py py3 python3 pyi gyp'],
  ['Python Session', 'python', 'python-repl', 'pycon python-repl'],
  ['R', 'r', null, ''],
  ['Ruby', 'ruby', null, 'rb gemspec podspec rake'],
  ['Rust', 'rust', null, 'rs'],
  ['Scala', 'scala', null, 'sc sbt'],
  ['SQL', 'sql', null, 'mysql postgres postgresql pgsql plsql tsql sqlite mssql'],
  ['Swift', 'swift', null, ''],
  ['WebAssembly', 'wat', 'wasm', 'wasm'],
  ['YAML', 'yaml', null, 'yml'],
  ['Docker Compose', 'dockercompose', 'yaml', 'docker-compose compose'],
  ['GitHub Actions', 'github-actions-workflow', 'yaml', 'workflow'],
  ['Plain Text', 'plaintext', null, 'text txt plain output log none'],
];

const languagesByTag: ReadonlyMap<string, Language> = new Map(
  languageRows
    .flatMap(([name, id, grammar, others]) => {
      const language = { name, id, grammar: id === 'plaintext' ? null : (grammar ?? id) };
      const words = others === '' ? [] : others.split(' ');
      // An identifier that two rows share belongs to the first.
      return [...words, id].map((word): [string, Language] => [word, language]);
    })
    .reverse(),
);

/**
 * @param tag the first word behind a fence; anything behind a comma, colon or brace in it is for
 *   other tools
 * @returns null where there is no word
 */
export function findLanguage(tag: string): Language | null {
  const plain = /^[^\s,:{]*/.exec(tag)?.[0] ?? '';
  if (plain === '') return null;
  const lower = plain.toLowerCase();
  return languagesByTag.get(lower) ?? { name: plain, id: lower, grammar: null };
}
