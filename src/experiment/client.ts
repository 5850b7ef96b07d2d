/** The parts of `ai.live` of `@google/genai` that an experiment uses: the same from 1.0 to 3.1. */
export interface LiveClient {
  connect(params: {
    readonly model: string;
    readonly config: object;
    readonly callbacks: {
      onmessage(message: ServerMessage): void;
      onerror(event: unknown): void;
      onclose(event: { readonly code?: number; readonly reason?: string }): void;
    };
  }): Promise<unknown>;
}

export interface ClientSession {
  sendRealtimeInput(input: { readonly text: string } | { readonly audio: object }): void;
  sendToolResponse(response: { readonly functionResponses: readonly object[] }): void;
  close(): void;
}

export interface ServerMessage {
  readonly toolCall?: { readonly functionCalls?: readonly FunctionCall[] };
  readonly toolCallCancellation?: { readonly ids?: readonly string[] };
  readonly serverContent?: { readonly turnComplete?: boolean; readonly interrupted?: boolean };
  readonly usageMetadata?: { readonly promptTokenCount?: number; readonly responseTokenCount?: number };
}

export interface FunctionCall {
  readonly id?: string;
  readonly name?: string;
}

/** What is declared to the model. */
export const config = {
  responseModalities: ['AUDIO'],
  systemInstruction:
    'You look things up. For every question call look_up once, then answer in one short sentence.',
  tools: [
    {
      functionDeclarations: [
        {
          name: 'look_up',
          description: 'Looks up what is known about a subject.',
          parameters: {
            type: 'OBJECT',
            properties: { subject: { type: 'STRING', description: 'What to look up.' } },
            required: ['subject'],
          },
        },
      ],
    },
  ],
};
