import type { JsonObject } from './json.ts';
import { isObject, listField, objectField, stringField } from './json.ts';
import type { Random } from './random.ts';
import type { ToolCallOf } from './script.ts';

/** A tool call that was sent. */
export interface SentToolCall {
  readonly id?: string;
  readonly name: string;
  readonly args: JsonObject;
}

/** The calls that wait for their response. */
export interface PendingCalls {
  readonly size: number;
  add(call: SentToolCall): void;
  has(call: SentToolCall): boolean;
  /** The pending call that a response answers: by id, else first-in-first-out by name. */
  answer(response: JsonObject): SentToolCall | undefined;
  /** Forgets all and returns them. */
  cancel(): readonly SentToolCall[];
  /** Resolves when none of these is pending any more. */
  settled(calls: readonly SentToolCall[]): Promise<void>;
}

export function createPendingCalls(): PendingCalls {
  const pending = new Set<SentToolCall>();
  let waiters: readonly { readonly calls: readonly SentToolCall[]; readonly resolve: () => void }[] = [];
  const settle = (): void => {
    const done = waiters.filter(({ calls }) => !calls.some((call) => pending.has(call)));
    waiters = waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  };
  return {
    get size() {
      return pending.size;
    },
    add: (call) => {
      pending.add(call);
    },
    has: (call) => pending.has(call),
    answer: (response) => {
      const id = stringField(response, 'id');
      const name = stringField(response, 'name');
      const call = [...pending].find((one) => (id ? one.id === id : one.name === name));
      // A response that will be continued leaves its call pending.
      if (call && response.willContinue !== true) pending.delete(call);
      settle();
      return call;
    },
    cancel: () => {
      const cancelled = [...pending];
      pending.clear();
      settle();
      return cancelled;
    },
    settled: (calls) =>
      new Promise((resolve) => {
        waiters = [...waiters, { calls, resolve }];
        settle();
      }),
  };
}

/** The call that a script asks for, set against what the client declared. */
export function makeCall(
  call: ToolCallOf,
  position: number,
  functions: readonly JsonObject[],
  withId: boolean,
  random: Random,
): SentToolCall {
  const declared =
    call.name === undefined
      ? functions[(call.declared ?? position) % Math.max(1, functions.length)]
      : functions.find((one) => one.name === call.name);
  const name = call.name ?? stringField(declared ?? {}, 'name') ?? 'get_weather';
  const args = call.args ?? exampleArguments(declared);
  return withId ? { id: `function-call-${random.digits(19)}`, name, args } : { name, args };
}

function exampleArguments(declared: JsonObject | undefined): JsonObject {
  const schema =
    objectField(declared ?? {}, 'parameters') ?? objectField(declared ?? {}, 'parametersJsonSchema');
  const value = example(schema ?? {});
  return isObject(value) ? value : {};
}

/** A value that fits a schema: the first of an enumeration, an empty list, an example string. */
function example(schema: JsonObject): JsonObject[string] {
  const [first] = listField(schema, 'enum');
  if (first !== undefined) return first;
  switch (String(schema.type ?? 'OBJECT').toUpperCase()) {
    case 'STRING':
      return 'example';
    case 'INTEGER':
    case 'NUMBER':
      return 1;
    case 'BOOLEAN':
      return true;
    case 'ARRAY':
      return [];
    default:
      return Object.fromEntries(
        Object.entries(objectField(schema, 'properties') ?? {}).map(([name, property]) => [
          name,
          isObject(property) ? example(property) : 'example',
        ]),
      );
  }
}
