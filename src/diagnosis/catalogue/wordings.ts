import type { Cause } from '../cause.ts';

/** Codes with which the service says something of its own. */
const codes = [1003, 1007, 1008, 1011] as const;
const apis = ['gemini', 'vertex'] as const;
const statuses = 'https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto';

/** What all of them have in common. */
const worded = {
  codes,
  texts: [],
  apis,
  observable: 'yes',
  requires: [],
  // What was seen tells nothing more than the words do.
  supports: [],
  against: [],
  confidence: 'medium',
  sources: [statuses],
} as const;

/**
 * For texts that nobody has reported yet: what their words say plainly. The first whose words are there is meant, so the
 * order is from words that mean one thing to words that stand in many texts.
 */
export const wordingCauses: readonly Cause[] = [
  {
    ...worded,
    id: 'text-names-context',
    title: 'A text that speaks of tokens or the context window',
    hypothesis: 'context',
    category: 'context',
    wording:
      /\btoken count|too many (?:input |prompt )?tokens|number of (?:input |prompt )?tokens|tokens? (?:limit|allowed)|exceed\w* .{0,40}\btokens\b|\bcontext (?:window|length|limit|size)|\b(?:input|prompt) (?:is )?too long/i,
    symptom: 'The service closes with a text that speaks of tokens or the context window.',
    cause: 'Going by its words, the conversation or the setup holds more tokens than the model takes.',
    remedy:
      'Turn context window compression on, send less, and start a fresh session: a resumed one is as full as before.',
    retry: 'fresh_session',
  },
  {
    ...worded,
    id: 'text-names-credentials',
    title: 'A text that speaks of a key or a token',
    hypothesis: 'credentials',
    category: 'credentials',
    wording:
      /\bapi[ _]?keys?\b|\bcredentials?\b|\bunauthenticated\b|\bauthenticat|\b(?:auth|access|ephemeral|bearer|identity|id)[ _]tokens?\b|\boauth|\bscopes?\b|unregistered callers|\bjwt\b/i,
    symptom: 'The service closes with a text that speaks of a key, a token or authentication.',
    cause: 'Going by its words, the service does not accept the key or token that was sent.',
    remedy: 'Check the key or token that the process really uses, its kind, its age and its scopes.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-quota',
    title: 'A text that speaks of a quota or a rate',
    hypothesis: 'rate_limit',
    category: 'quota',
    wording:
      /quota|rate[ _-]?limit|resource[ _]?(?:has been )?exhausted|too many (?:requests|sessions|connections|concurrent|open|active)|\b(?:concurrent|simultaneous) (?:sessions|connections|streams|requests)|(?:requests|sessions|connections|tokens) per (?:second|minute|hour|day)|throttl|spend(?:ing)? (?:cap|limit)/i,
    symptom: 'The service closes with a text that speaks of a quota, a rate or too many sessions.',
    cause: 'Going by its words, a quota is used up, or more sessions are open at once than the tier allows.',
    remedy:
      'Close sessions you no longer need, wait at least a minute before you connect again, and look at the quotas of the project.',
    retry: 'later',
  },
  {
    ...worded,
    id: 'text-names-overload',
    title: 'A text that speaks of an overload',
    hypothesis: 'internal_error',
    category: 'server',
    wording:
      /overload|(?:over|no|insufficient|out of|at) capacity|high (?:demand|load)|(?:service|currently|temporarily) (?:is )?(?:currently |temporarily )?unavailable|try again (?:later|in )|server (?:is )?busy/i,
    symptom: 'The service closes with a text that speaks of an overload or of being unavailable.',
    cause: 'Going by its words, the service had no room for the session.',
    remedy: 'Connect again after a pause that grows, or with another model or region.',
    retry: 'later',
  },
  {
    ...worded,
    id: 'text-names-handle',
    title: 'A text that speaks of a session handle',
    hypothesis: 'setup',
    category: 'setup',
    wording:
      /(?=.*\b(?:session[ _]handle|handle|resum(?:e|ed|ing|ption)|session id)\b)(?=.*(?:invalid|expired|not (?:be )?(?:found|valid|exist)|unknown|no longer|already|mismatch|cannot|can't|fail))/i,
    symptom: 'The service closes with a text that speaks of a session handle or a resumption.',
    cause: 'Going by its words, the service does not take up the session that the handle stands for.',
    remedy: 'Drop the handle and start fresh.',
    retry: 'fresh_session',
  },
  {
    ...worded,
    id: 'text-names-lifetime',
    title: 'A text that speaks of time or idleness',
    hypothesis: 'lifetime',
    category: 'lifetime',
    wording:
      /\b(?:session|connection|stream)\b.{0,30}\b(?:duration|lifetime|age|expired|timed out)\b|\b(?:duration|lifetime|time limit)\b.{0,30}\b(?:exceed|reach|over)|\b(?:exceed|reach)\w* .{0,40}\b(?:duration|lifetime|time limit)\b|\bidle\b|\binactiv/i,
    symptom: 'The service closes with a text that speaks of the time a session may last, or of idleness.',
    cause: 'Going by its words, the session was open for as long as the service allows, or nobody spoke.',
    remedy: 'Resume with the last handle, and connect anew before the time is up: goAway says when.',
    retry: 'now',
  },
  {
    ...worded,
    id: 'text-names-size',
    title: 'A text that speaks of size',
    hypothesis: 'payload_size',
    category: 'input',
    wording:
      /\btoo (?:large|big)\b|\b(?:message|payload|frame|request|response|body|content|file|chunk|field)s?\b.{0,40}\b(?:too long|exceed\w*)|\bsize (?:limit|exceed)|\bmax(?:imum)? .{0,30}\b(?:size|bytes|length)\b/i,
    symptom: 'The service closes with a text that says that something was too large.',
    cause: 'Going by its words, the last message, or a part of it, had more bytes than the service takes.',
    remedy: 'Send less at a time: shorten tool responses, split content, and lower the size of images.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-model',
    title: 'A text that speaks of what the model cannot do',
    hypothesis: 'setup',
    category: 'setup',
    wording:
      /(?=.*\bmodels?\b)(?=.*(?:not (?:be )?(?:found|supported|support|available|enabled|exist|allowed|used)|unsupported|unavailable|does ?n[o']t|no longer|deprecat|retired|discontinued|shut ?down))/i,
    symptom: 'The service closes with a text that says that the model is not there, or cannot do something.',
    cause: 'Going by its words, the model is not served, or does not take what the setup asks of it.',
    remedy:
      'Compare the setup with what the model can do: live-otel models. Leave out what the text names, or take another model.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-tool-response',
    title: 'A text that speaks of tool calls or their responses',
    hypothesis: 'tool_call_id',
    category: 'tools',
    wording: /\b(?:function|tool)[ _]?(?:call|response|result)/i,
    symptom: 'The service closes with a text that speaks of function calls or their responses.',
    cause: 'Going by its words, calls and responses do not belong together: by id, number or order.',
    remedy:
      'Answer each call once, with its own id and name, on the connection it came on, and not after it was cancelled.',
    retry: 'fresh_session',
  },
  {
    ...worded,
    id: 'text-names-permission',
    title: 'A text that speaks of what the project may do',
    hypothesis: 'credentials',
    category: 'credentials',
    wording:
      /\bpermission|\bdenied\b|\bforbidden\b|unauthori[sz]ed|not authori[sz]ed|\bno access\b|\bbilling\b|\bsuspended\b|\b(?:api|service|project|account)\b.{0,60}\b(?:disabled|not (?:been )?(?:enabled|used))|\b(?:country|region|location)\b.{0,40}\bnot\b|\bnot\b.{0,40}\b(?:country|region|location)\b/i,
    symptom: 'The service closes with a text that speaks of permissions, billing or a region.',
    cause: 'Going by its words, the project or the account may not use the API, the model or the region.',
    remedy: 'Check the roles of the account, the API and the billing of the project, and the region.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-encoding',
    title: 'A text that speaks of encoding or media',
    hypothesis: 'encoding',
    category: 'input',
    wording:
      /\butf-?8\b|\bbase-?64\b|\b(?:en|de)cod(?:e|ed|ing)\b|\bmime[ _-]?type|\bsample[ _]rate|\bpcm\b|\baudio (?:format|file|data|encoding)|\bcontent[ _-]type|\bunicode\b/i,
    symptom: 'The service closes with a text that speaks of an encoding, a media type or a sample rate.',
    cause: 'Going by its words, something was sent in another form than the service reads.',
    remedy: 'Send audio as 16-bit PCM at 16 kHz with its MIME type, and text as valid UTF-8.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-setting',
    title: 'A text that speaks of a field or a value',
    hypothesis: 'setup',
    category: 'setup',
    onceActive: { hypothesis: 'encoding', category: 'input' },
    wording:
      /\bnot supported\b|\bunsupported\b|\binvalid (?:value|field|argument|request|json|payload|format|parameter)|\bunknown (?:name|field|enum|parameter)|\bmalformed\b|\bmust be\b|\b(?:required|missing) (?:required )?(?:field|parameter|argument|property)|failed to parse|\bout of range\b/i,
    symptom: 'The service closes with a text that finds fault with a field or a value.',
    cause: 'Going by its words, the last message held something that the service does not take.',
    remedy: 'Compare the message that was sent last with what the text names, and change that alone.',
    retry: 'no',
  },
  {
    ...worded,
    id: 'text-names-service-fault',
    title: 'A text that speaks of a fault of the service',
    hypothesis: 'internal_error',
    category: 'server',
    wording:
      /\b(?:internal|server|backend|unknown|unexpected) (?:server |service )?(?:error|failure)\b|\btimed out\b|\btime-?out\b|\bdeadline exceeded\b|\bcrash/i,
    confidence: 'low',
    symptom: 'The service closes with a text that speaks of a failure and of nothing that was sent.',
    cause: 'Going by its words, the service failed. What made it fail, it does not say.',
    remedy: 'Connect again, resuming where a handle is at hand; look at what preceded the end if it recurs.',
    retry: 'now',
  },
];
