declare module 'commonmark-spec' {
  const spec: {
    readonly tests: readonly { readonly number: number; readonly markdown: string }[];
  };
  // biome-ignore lint/style/noDefaultExport: it is CommonJS, and that is how Node gives it to us
  export default spec;
}
