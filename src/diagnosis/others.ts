/** What other sessions of the process showed by the time one ended. Given to the diagnosis, never computed in it. */
export interface OtherSessions {
  /** Closures of the last minutes, oldest first, at most 64; this one is not among them. */
  readonly recent: readonly RecentClosure[];
  /** A handle was used whose origin this process does not know. */
  readonly handleOfUnknownOrigin: boolean;
  /** How often connections that resumed from the same handle had failed. */
  readonly handleFailures: number;
  /** Another connection of the conversation was open when this one was made. */
  readonly earlierConnectionOpen: boolean;
  /** Of this session; tells its earlier connections among the recent ones. */
  readonly conversationId?: string;
}

export interface RecentClosure {
  readonly at: number;
  readonly code?: number;
  readonly reason: string;
  readonly expected: boolean;
  readonly connectionAgeMs: number;
  readonly conversationId: string;
  readonly model?: string;
  /** Id of its cause, or `unknown`. */
  readonly cause?: string;
}

export const noOthers: OtherSessions = {
  recent: [],
  handleOfUnknownOrigin: false,
  handleFailures: 0,
  earlierConnectionOpen: false,
};
