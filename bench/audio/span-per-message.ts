/**
 * What instrumentation of a WebSocket client usually does, for comparison: parses each message to tell its type, and
 * makes a span of it. As lean as that can be: no context, no content, three attributes.
 */
import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { Callbacks, Connection, Factory } from './client.ts';

export function spanPerMessage(factory: Factory, tracer: Tracer): Factory {
  const record = (direction: string, message: string, bytes: number): void => {
    tracer
      .startSpan(`live.${direction}`, {
        kind: SpanKind.CLIENT,
        attributes: {
          'message.direction': direction,
          'message.type': Object.keys(JSON.parse(message) as object)[0] ?? 'empty',
          'message.bytes': bytes,
        },
      })
      .end();
  };
  return {
    create(url: string, headers: unknown, callbacks: Callbacks): Connection {
      const { onmessage } = callbacks;
      const connection = factory.create(url, headers, {
        ...callbacks,
        onmessage(event: { data: Buffer }) {
          record('received', event.data.toString(), event.data.length);
          onmessage(event);
        },
      });
      const send = connection.send.bind(connection);
      connection.send = (message: string) => {
        record('sent', message, Buffer.byteLength(message));
        send(message);
      };
      return connection;
    },
  };
}
