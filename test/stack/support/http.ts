/**
 * @param allowed statuses besides 2xx whose answer counts as empty
 * @throws where the server answers with another status, or not at all
 */
export async function getJson<Answer>(
  url: string,
  query: Readonly<Record<string, string>> = {},
  allowed: readonly number[] = [],
): Promise<Answer> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.append(name, value);
  const response = await fetch(address, { signal: AbortSignal.timeout(20_000) });
  if (response.ok) return (await response.json()) as Answer;
  const text = await response.text();
  if (allowed.includes(response.status)) return {} as Answer;
  throw new Error(`${address} answered ${response.status}: ${text.slice(0, 500)}`);
}
