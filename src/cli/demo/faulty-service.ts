/** What is planted in the evenings of the demo. The report is not told. */
import { type Action, closeFrames, type Script, scripts } from '../../testing/index.ts';

export const planted = {
  /** Chance that a tool response of at least so many bytes ends its session with 1011, and that a smaller one does. */
  largeBytes: 16 * 1024,
  large: 0.35,
  small: 0.01,
  /** Chance that the connection is lost. */
  lost: 0.06,
} as const;

const think: Action = { do: 'wait', ms: [250, 600] };
const fail: readonly Action[] = [
  { do: 'wait', ms: [200, 1_500] },
  { do: 'close', ...closeFrames.internalError },
];

export const faultyService: Script = {
  name: 'faulty-service',
  description:
    'As tool-single, but large tool responses often end the session with 1011, and a few lines are lost.',
  reactions: [
    {
      on: { event: 'user_turn' },
      do: [think, { do: 'speak', ms: 500 }, { do: 'drop' }],
      probability: planted.lost,
    },
    ...scripts['tool-single'].reactions,
    {
      on: { event: 'tool_response', minBytes: planted.largeBytes },
      do: fail,
      probability: planted.large,
      interruptible: false,
    },
    { on: { event: 'tool_response' }, do: fail, probability: planted.small, interruptible: false },
  ],
};
