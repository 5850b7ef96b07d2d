import { type Script, scripts } from '../testing/index.ts';
import { UsageError } from './usage-error.ts';

/** Throws {@link UsageError} where there is none. */
export function scriptNamed(name: string): Script {
  const script = Object.values<Script>(scripts).find((one) => one.name === name);
  if (script) return script;
  throw new UsageError(`There is no script ${name}: live-otel simulate --list names them.`, 2);
}
