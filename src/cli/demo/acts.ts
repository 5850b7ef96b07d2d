/** What the demo plays: which guests call, how fast time passes for them, and what the service does to them. */
import { type Action, type Script, scripts, type ToolCallOf, toolResponse1011 } from '../../testing/index.ts';
import { faultyService } from './faulty-service.ts';

export interface Act {
  readonly name: string;
  /** `service.name`. */
  readonly service: string;
  /** `service.version`. */
  readonly version?: string;
  /** Protocol time over real time. */
  readonly timeScale: number;
  /** Connections get these in turn. */
  readonly scenes: readonly Scene[];
  /** Options of the agent. */
  readonly agent: Readonly<Record<string, number | true>> & { readonly conversations: number };
}

/** A script of the simulator, with the calls it makes of the agent's tools. */
interface Scene {
  readonly script: Script;
  readonly calls?: readonly ToolCallOf[];
}

const search: ToolCallOf = { name: 'search_menu', args: { query: 'crème brûlée dessert' } };
const availability: ToolCallOf = { name: 'check_availability', args: { time: '19:30', party_size: 4 } };
const booking: ToolCallOf = { name: 'book_table', args: { name: 'Zoë', time: '20:15', party_size: 4 } };
const bill: ToolCallOf = {
  name: 'compute_bill',
  args: { dishes: ['coq au vin', 'tarte tatin'], tip_percent: 10 },
};
const wholeMenu: ToolCallOf = { name: 'read_full_menu', args: {} };
const menuFor = (diet: string): ToolCallOf => ({ name: 'read_full_menu', args: { diet } });
const plain = ({ args, ...call }: ToolCallOf): ToolCallOf => ({ ...call, args: { ...args, accents: false } });
const kitchen: ToolCallOf = { name: 'ask_the_kitchen', args: { wish: 'a risotto without butter' } };

/** Of a setup that is never answered, only the service can end the connection: after ten minutes, as any other. */
const mute: Script = {
  ...scripts['setup-mute'],
  reactions: [{ on: { event: 'setup' }, do: [{ do: 'mute' }, { do: 'wait', ms: 600_000 }, { do: 'drop' }] }],
};

export const acts: readonly Act[] = [
  {
    name: 'short calls',
    service: 'voice-agent',
    timeScale: 4,
    scenes: [
      { script: scripts['healthy-talk'] },
      { script: scripts['tool-response-1011'], calls: [search] },
      { script: scripts['tool-parallel'], calls: [availability, search, bill] },
      { script: toolResponse1011({ probability: 0.4 }), calls: [search] },
      { script: scripts.race, calls: [kitchen] },
      { script: scripts['tool-single'], calls: [bill] },
      { script: scripts['tool-response-1008'], calls: [booking] },
      { script: scripts['tool-nested'], calls: [availability, booking] },
      { script: scripts['oversize-response'], calls: [wholeMenu] },
      { script: scripts['tool-cancelled'], calls: [kitchen] },
      { script: scripts.drop },
      { script: scripts['setup-rejected'] },
      { script: toolResponse1011({ probability: 0.4 }), calls: [availability, bill] },
    ],
    agent: { conversations: 13, parallel: 5, utterances: 3, pause: 1, 'chunk-ms': 100 },
  },
  {
    // Ten minutes of connection, two and a half of silence, half a minute of waiting for a tool.
    name: 'long calls',
    service: 'voice-agent',
    timeScale: 60,
    scenes: [
      { script: scripts.goaway },
      { script: scripts.idle },
      { script: scripts['tool-slow'], calls: [kitchen] },
      { script: mute },
      { script: scripts.resumption },
    ],
    agent: { conversations: 5, parallel: 5, utterances: 5, pause: 160, 'chunk-ms': 400 },
  },
  evening('quiet evening', { conversations: 72, parallel: 3 }),
  evening('busy evening', { conversations: 192, parallel: 12 }),
];

export function guestsOf({ agent }: Act): number {
  return agent.conversations;
}

/**
 * One written question a guest, and the same faults at any hour. The menu is small for some diets and comes with and without
 * accents, so that the size of a response can be told from its tool and its encoding.
 */
function evening(name: string, guests: { readonly conversations: number; readonly parallel: number }): Act {
  const calls = [
    search,
    menuFor('vegan'),
    wholeMenu,
    availability,
    plain(menuFor('vegetarian')),
    { name: 'search_menu', args: { query: 'salad' } },
    menuFor('gluten-free'),
    plain(menuFor('vegan')),
    bill,
    plain(wholeMenu),
    menuFor('vegetarian'),
    plain(menuFor('gluten-free')),
  ];
  return {
    name,
    service: 'chat-agent',
    timeScale: 30,
    scenes: calls.map((call) => ({ script: faultyService, calls: [call] })),
    agent: {
      ...guests,
      utterances: 1,
      pause: 0,
      written: true,
      // Half a minute on the clock: a busy machine is no fault of the service.
      'setup-timeout': 900,
      'answer-timeout': 900,
    },
  };
}

/** The script with its calls, in order and around, replaced by those of the scene. */
export function cast(script: Script, calls: readonly ToolCallOf[] = []): Script {
  if (calls.length === 0) return script;
  const replace = (action: Action): Action => {
    if (action.do !== 'tool_call') return action;
    // Calls of one message come from the whole list; the second message of a turn asks for the second call.
    const first = action.calls[0]?.declared ?? 0;
    return { ...action, calls: action.calls.map((_, index) => calls[(first + index) % calls.length] ?? {}) };
  };
  return {
    ...script,
    reactions: script.reactions.map((reaction) => ({ ...reaction, do: reaction.do.map(replace) })),
  };
}
