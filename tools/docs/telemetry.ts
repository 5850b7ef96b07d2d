import {
  closure,
  identity,
  music,
  peer,
  sessionTotals,
  setup,
  usage,
} from '../../src/conventions/attribute-groups.ts';
import { type AttributeName, attributes } from '../../src/conventions/attributes.ts';
import { logRecords } from '../../src/conventions/log-records.ts';
import { type MetricName, metricDefinitions } from '../../src/conventions/metrics.ts';
import { schemaUrl, schemaVersion } from '../../src/conventions/schema.ts';
import { type SpanId, spanDefinitions, spanName } from '../../src/conventions/spans.ts';
import { blocks, code, codes, table } from '../../src/report/render/markdown/document.ts';

interface SharedGroup {
  readonly title: string;
  readonly names: readonly AttributeName[];
}

/** Groups that more than one span has, described once. */
const sharedGroups: readonly SharedGroup[] = [
  { title: 'Identity', names: identity },
  { title: 'Peer', names: peer },
  { title: 'Setup', names: setup },
  { title: 'Session totals', names: sessionTotals },
  { title: 'Music', names: music },
  { title: 'Usage', names: usage },
];

const spanIds = Object.keys(spanDefinitions) as SpanId[];

/** `docs/telemetry.md`. */
export function renderTelemetry(): string {
  return blocks([
    '# Telemetry',
    '<!-- Made by tools/generate-docs.ts from the tables in src/conventions. Do not edit. -->',
    intro,
    '## Spans',
    tree,
    spanTable(),
    ...spanIds.map(spanSection),
    '## Shared attributes',
    ...sharedGroups.map(({ title, names }) => blocks([`### ${title}`, attributeTable(names)]).trimEnd()),
    '### Of events and links',
    attributeTable(momentNames()),
    '## Metrics',
    metricsIntro,
    metricTable(),
    '### Buckets',
    bucketTable(),
    '### Labels',
    attributeTable(labelNames()),
    '## Log records',
    logTable(),
    '## The names are an interface',
    policy,
    '## Sampling',
    sampling,
    '## What is not collected, and why',
    notCollected(),
    '## Content capture',
    contentCapture,
    attributeTable(contentNames()),
  ]);
}

const intro = `Each connection to the Live API is a trace, or a part of the one that \`connect()\` was called in. Names under
\`gen_ai.\`, \`server.\` and \`error.\` are those of the OpenTelemetry semantic conventions, the realtime ones those of their
proposal for realtime sessions; everything else is under \`gemini.live.\`. Durations are in seconds, sizes in bytes, and an attribute
that is not known is left out.`;

const tree = `\`\`\`
live_session {model}                    connect() → end of the connection
├─ live_connect {model}                 connect() → setupComplete
├─ realtime_inference {model}           one turn of the model
│  └─ execute_tool {tool}               tool call → its response is written
│     ├─ (spans of the application's own handler)
│     └─ send_tool_response             written → first message of the service after it
└─ live_closure                         the end, with what preceded it
\`\`\``;

function spanTable(): string {
  return table(
    ['span', 'kind', 'parent', 'from', 'to'],
    spanIds.map((id) => {
      const { kind, parent, from, to } = spanDefinitions[id];
      return [code(fullName(id)), kind, parent, from, to];
    }),
  );
}

function fullName(id: SpanId): string {
  return spanName(id, spanDefinitions[id].subject);
}

function spanSection(id: SpanId): string {
  const { attributes: names, error, events, links } = spanDefinitions[id];
  const shared = sharedGroups.filter((group) => group.names.every((name) => names.includes(name)));
  const own = names.filter((name) => !shared.some((group) => group.names.includes(name)));
  const eventEntries = Object.entries(events);
  return blocks([
    `### ${code(fullName(id))}`,
    `Status: ERROR when ${error}. Unset otherwise.`,
    `Shared attributes: ${shared.map(({ title }) => `[${title}](#${anchor(title)})`).join(', ')}.`,
    own.length > 0 ? attributeTable(own) : undefined,
    eventEntries.length === 0
      ? undefined
      : table(
          ['event', 'description', 'at most', 'attributes'],
          eventEntries.map(([name, event]) => [
            code(name),
            event.brief,
            String(event.limit),
            codes(event.attributes),
          ]),
        ),
    links.length === 0
      ? undefined
      : table(
          ['link (`gemini.live.link.type`)', 'leads to'],
          links.map(({ type, brief }) => [code(type), brief]),
        ),
  ]).trimEnd();
}

function momentNames(): AttributeName[] {
  const events = spanIds.flatMap((id) => Object.values(spanDefinitions[id].events));
  return [...new Set(events.flatMap((event) => [...event.attributes])), 'gemini.live.link.type'];
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

function attributeTable(names: readonly AttributeName[]): string {
  return table(
    ['attribute', 'type', 'description'],
    names.map((name) => {
      const { type, unit, brief, values, content } = attributes[name];
      const listed = values && type !== 'boolean' ? ` Values: ${codes(values)}.` : '';
      const onlyContent = content ? ' Only with content capture.' : '';
      return [code(name), unit ? `${type} (${unit})` : type, `${brief}${listed}${onlyContent}`];
    }),
  );
}

const metricsIntro = `No label is an id, a URL, a handle, a reason text or other free text: each has a bounded set of values. A tool is
named only where the setup declared it.`;

const metricNames = Object.keys(metricDefinitions) as MetricName[];

function metricTable(): string {
  return table(
    ['metric', 'instrument', 'unit', 'description', 'labels'],
    metricNames.map((name) => {
      const { instrument, unit, brief, labels } = metricDefinitions[name];
      return [code(name), instrument.replaceAll('_', ' '), code(unit), brief, codes(labels)];
    }),
  );
}

function bucketTable(): string {
  return table(
    ['histogram', 'boundaries'],
    metricNames.flatMap((name) => {
      const { buckets, unit } = metricDefinitions[name];
      return buckets ? [[code(name), `${buckets.join(', ')} ${unit}`]] : [];
    }),
  );
}

function labelNames(): AttributeName[] {
  return [...new Set(metricNames.flatMap((name) => [...metricDefinitions[name].labels]))];
}

function logTable(): string {
  return table(
    ['event name', 'severity', 'when', 'attributes'],
    Object.entries(logRecords).map(([name, { severity, brief, attributes: names }]) => [
      code(name),
      severity,
      brief,
      closure.every((one) => names.some((other) => other === one)) ? 'those of `live_closure`' : codes(names),
    ]),
  );
}

const policy = `Dashboards, alert rules and queries are built on these names, so that they change by these rules:

* A name that is in a released version keeps its meaning, type, unit and values. New attributes, metrics, labels, events and new
  values of a list may come with any minor version.
* A rename or a change of meaning, type or unit costs a minor version while this package is below 1.0, and a major version
  after that. The CHANGELOG names it, and \`report\` goes on reading files with the old name.
* Tracer, meter and logger carry the schema URL \`${schemaUrl}\`. Its version changes with
  the names only. The [schema file](schema/${schemaVersion}) lists each rename in the
  [format of OpenTelemetry](https://opentelemetry.io/docs/specs/otel/schemas/file_format_v1.1.0/), so that the Collector's schema
  processor can translate older telemetry.
* Names under \`gen_ai.\` follow the semantic conventions, which are not stable yet. They change when the conventions do, by the
  same rules.`;

const sampling = `An unexpected closure is not lost to head sampling: where the session's span was not sampled, \`live_closure\` is started under
a sampled remote parent with the session's ids, which parent-based samplers follow, and \`gen_ai.client.realtime_session.ended\`
carries the same attributes. Metrics count every session. A tail sampler decides long before most sessions end: let it keep traces
by \`live_closure\`, or sample at the head.`;

function notCollected(): string {
  return table(
    ['what', 'why'],
    [
      [
        'API keys, tokens, request headers, the query and path of the URL',
        'They are credentials or hold them.',
      ],
      ['resumption handles', 'Whoever has one can take over the session; a hash tells two of them apart.'],
      [
        'audio, video, text, transcriptions, arguments and results',
        'They are what people said and looked up. Sizes, kinds, encodings and counts are enough to explain a closure.',
      ],
      ['system instructions and function schemas', 'Only the names of the functions are kept.'],
      [
        'a span for each message',
        'A session has a hundred messages a second; they are counted, and the last 64 kept as summaries.',
      ],
      ['close reasons as metric labels', 'They are free text: without bound, and cut at 123 bytes.'],
    ],
  );
}

const contentCapture = `Off by default. \`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true\` adds the attributes below. Credentials stay out
all the same.`;

function contentNames(): AttributeName[] {
  return (Object.keys(attributes) as AttributeName[]).filter((name) => attributes[name].content);
}
