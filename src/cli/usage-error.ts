/** A command cannot do what it was asked to; the message is one sentence for the user. */
export class UsageError extends Error {
  override name = 'UsageError';
  /** 1: the input is bad; 2: the command line is. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
