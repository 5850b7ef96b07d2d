/** The parts of `class Live` of `@google/genai` that are touched, and of `class LiveMusic`. The same in all of 1.0 to 3.3. */
export interface LiveClass {
  readonly prototype: { connect: ConnectFunction };
}

export type ConnectFunction = (this: LiveClient, params: ConnectParams) => Promise<unknown>;

/** `undefined` where `connect()` was called without its client. */
export type LiveClient =
  | undefined
  | {
      readonly apiClient?: {
        isVertexAI?(): boolean;
        getWebsocketBaseUrl?(): string;
        getApiVersion?(): string;
        getDefaultHeaders?(): Readonly<Record<string, string>>;
      };
      readonly auth?: unknown;
      readonly webSocketFactory?: unknown;
    };

/** `params` of `Live.connect()`: the application's, read with care. */
export type ConnectParams = unknown;

export function isLiveClass(value: unknown): value is LiveClass {
  return (
    typeof value === 'function' && typeof (value as unknown as LiveClass).prototype?.connect === 'function'
  );
}
