/** What a benchmark reports: figures as they are printed and as they stand in the documentation. */

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A limit the project has set itself, and what was measured. */
export interface Goal {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Section {
  readonly title: string;
  /** How it was measured: paragraphs in Markdown. */
  readonly method: readonly string[];
  readonly tables: readonly Table[];
  /** What the figures mean and what they do not: paragraphs in Markdown. */
  readonly remarks?: readonly string[];
  readonly goals: readonly Goal[];
}

export interface BenchmarkOptions {
  /** Fewer rounds: shows that everything runs, its figures are not to be quoted. */
  readonly quick: boolean;
}

export interface Benchmark {
  /** For `--only`. */
  readonly name: string;
  run(options: BenchmarkOptions): Promise<Section>;
}
