import type { DesignOptions } from '../../experiment/design.ts';

/** As the command line gives them. */
export interface ExperimentOptions extends DesignOptions {
  readonly against?: string;
  readonly script: string;
  readonly maxSessions: number;
  readonly parallel?: number;
  readonly prices?: string;
  readonly budget?: number;
  readonly all?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly iKnow?: true;
  readonly resume?: string | true;
  readonly out: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly seed?: number;
  readonly timeScale: number;
}
