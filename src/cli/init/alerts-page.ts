import { webPage } from './web-page.ts';

/**
 * The alerts of the Prometheus that serves the page, with their links: its own page of them is missing where Prometheus
 * was built without pages, as `npm run stack` builds it.
 */
export function renderAlertsPage(names: readonly string[]): string {
  return webPage({ name: 'alerts', title: 'Alerts', body }, names);
}

const body = `<h1>Alerts</h1>
<p id="state" role="status">Asking Prometheus …</p>
<div id="alerts"></div>
<noscript>Without scripts: <a href="../api/v1/alerts">the alerts as JSON</a>.</noscript>
<script>
const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
const withLinks = (text) => {
  const paragraph = make('p', '');
  for (const part of text.split(/(https?:\\/\\/[^\\s,]*[^\\s,.])/)) {
    paragraph.append(/^https?:/.test(part) ? Object.assign(make('a', part), { href: part }) : part);
  }
  return paragraph;
};
const show = ({ labels, annotations, state, activeAt }) => {
  const entry = document.createElement('section');
  const { alertname, job, severity, ...others } = labels;
  const more = Object.entries(others).map(([name, value]) => name + '=' + value).join(', ');
  entry.append(make('h2', annotations.summary ?? alertname));
  entry.append(make('p', [state, severity, 'since ' + new Date(activeAt).toLocaleString(), alertname, job, more].filter(Boolean).join(' · ')));
  if (annotations.description) entry.append(withLinks(annotations.description));
  if (annotations.runbook_url) entry.append(withLinks('What to do: ' + annotations.runbook_url));
  return entry;
};
const order = (alert) => (alert.state === 'firing' ? 0 : 2) + (alert.labels.severity === 'critical' ? 0 : 1);
fetch('../api/v1/alerts')
  .then((response) => response.json())
  .then(({ data: { alerts } }) => {
    const firing = alerts.filter(({ state }) => state === 'firing').length;
    document.querySelector('#state').textContent =
      firing + ' firing, ' + (alerts.length - firing) + ' pending (their condition holds, but not yet for long enough). Alertmanager mutes some where a worse one of the same service fires.';
    document.querySelector('#alerts').replaceChildren(...alerts.sort((a, b) => order(a) - order(b)).map(show));
  })
  .catch((error) => {
    document.querySelector('#state').textContent = 'Prometheus did not answer: ' + error.message;
  });
</script>
`;
