/**
 * The validator of `OTEL_CONFIG_FILE` as the bundled SDK sees it (tsdown.config.ts). `@opentelemetry/configuration` has its schema
 * compiled to 300 KB of code; the schema itself has a tenth of that.
 */
import { type Schema, Validator } from '@cfworker/json-schema';

interface ConfigError {
  readonly instancePath: string;
  readonly message: string;
}

interface Validate {
  (config: unknown): boolean;
  /** Of the last call. */
  errors: readonly ConfigError[] | undefined;
}

export function validatorOf(schema: Schema): Validate {
  const validator = new Validator(schema, '2020-12');
  const validate: Validate = (config) => {
    const { valid, errors } = validator.validate(config);
    // The last says what is wrong, those before which parts it is in; of a key that may not be there the last but one.
    const found = errors.findLast(({ keyword }) => keyword !== 'false');
    validate.errors = found && [{ instancePath: found.instanceLocation.slice(1), message: found.error }];
    return valid;
  };
  validate.errors = undefined;
  return validate;
}
