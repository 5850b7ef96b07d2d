/** What a tap says of the client that it watches: its folder exports one of these, and `clients.ts` lists them. */
export interface Client {
  /** That of the folder. */
  readonly name: string;
  /** One a way in which it is installed; the first that fits counts. */
  readonly entries: readonly ClientEntry[];
  /**
   * The application has loaded the client, whose class this is: watch it.
   *
   * @param version that of its package.
   * @returns what the file shall export in the place of its class, unless {@link ClientEntry.className} names that.
   */
  evaluated(exported: unknown, version: string | undefined): unknown;
  /** Watches what is there before anything is loaded. */
  watchGlobals?(isOfClient: (location: string) => boolean): void;
}

/** The file that makes the class of the client. Data alone: a bundler and the loader thread know no more of a client. */
export interface ClientEntry {
  /** What its path matches: the source of a regular expression. */
  readonly file: string;
  /** The package that it is in, under whatever alias that is installed. Left out, the path tells enough. */
  readonly package?: string;
  /** The class, which the file exports too. */
  readonly className?: string;
  /** Under which name the file, one of CommonJS, exports the class. Without that and a `className`, it is all that it exports. */
  readonly exportName?: string;
}
