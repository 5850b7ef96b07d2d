/** Links from a panel to the spans behind it: Grafana's Explore over the Jaeger data source, so no address is needed. */
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AttributeName } from '../../src/conventions/attributes.ts';
import { labelName } from '../promql/names.ts';
import { datasource } from './datasources.ts';
import type { JaegerSearch } from './panel.ts';

export function searchLink(search: JaegerSearch): DashboardLinkBuilder {
  return link('The spans behind it, in Jaeger', searchUrl(search));
}

/** Of a bar: the spans with the value of its label. */
export function barLink(search: JaegerSearch, label: AttributeName): DashboardLinkBuilder {
  return valueLink(search, label, placeholder(`__field.labels.${labelName(label)}`));
}

/** Of a cell: the spans with its value. */
export function cellLink(search: JaegerSearch, label: AttributeName): DashboardLinkBuilder {
  return valueLink(search, label, placeholder('__value.raw'));
}

function valueLink(search: JaegerSearch, label: AttributeName, value: string): DashboardLinkBuilder {
  return link(
    'Spans with this value, in Jaeger',
    searchUrl({ ...search, tags: { ...search.tags, [label]: value } }),
  );
}

/** Of a bar or a cell with a cause: its entry in the catalogue, which Prometheus serves. */
export function causeLink(): DashboardLinkBuilder {
  const cause = placeholder(`__field.labels.${labelName('gemini.live.closure.cause')}`);
  return link('What it is, and what to do', `${pages}/closures.html#${cause}`);
}

/** Address of a browser, as in deploy/jaeger/ui.json: another port of Prometheus has to be written here too. */
export const pages = 'http://localhost:9090/user';

export function traceLink(): DashboardLinkBuilder {
  return link('This trace, in Jaeger', exploreUrl({ query: traceId }));
}

const traceId = placeholder('trace_id:percentencode');

/** What Grafana fills in: a variable of the dashboard, the time shown, a label of the series. */
function placeholder(name: string): string {
  return `\${${name}}`;
}

function link(title: string, url: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(true);
}

function searchUrl({ operation, tags = {} }: JaegerSearch): string {
  const words = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  return exploreUrl({
    queryType: 'search',
    service: placeholder('jaeger_service:percentencode'),
    ...(operation !== undefined && { operation }),
    ...(words.length > 0 && { tags: words.join(' ') }),
    limit: 50,
  });
}

/** https://grafana.com/docs/grafana/latest/visualizations/explore/get-started-with-explore/ (schema version 1 of the URL) */
function exploreUrl(query: object): string {
  const { type, uid } = datasource('jaeger');
  const panes = {
    jgr: {
      datasource: uid,
      queries: [{ refId: 'A', datasource: { type, uid }, ...query }],
      range: { from: placeholder('__from'), to: placeholder('__to') },
    },
  };
  return `/explore?schemaVersion=1&panes=${encodeAround(JSON.stringify(panes))}`;
}

/** Encodes everything but the variables, which Grafana must still find. */
function encodeAround(text: string): string {
  return text
    .split(/(\$\{[^}]+\})/)
    .map((part) => (part.startsWith('${') ? part : encodeURIComponent(part)))
    .join('');
}
