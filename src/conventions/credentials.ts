/**
 * What credentials look like: the one source of what the package removes from texts, and of what the Collector masks
 * (`npm run collector` writes its part of collector/collector.yaml). Imports nothing.
 *
 * Every pattern is one that JavaScript and RE2 (Go) read alike: no look-around, no back-reference. None asks for a full
 * length, because close reasons are cut at 123 bytes and a captured text may be cut anywhere.
 */

export interface CredentialShape {
  /** Who issues it. */
  readonly issuer: string;
  /** What it begins with, the first character at the beginning of a word. */
  readonly starts: string;
  /** Characters that follow. */
  readonly of: string;
  /** Least number of them: fewer may be an ordinary word. */
  readonly atLeast: number;
  /** It stands out so much that it is found inside of a word as well. */
  readonly anywhere?: true;
}

const word = '[\\w-]';
const alphanumeric = '[A-Za-z0-9]';
const base64 = '[\\w+/=-]';
const dotted = '[\\w.-]';

/**
 * Credentials that one can tell by how they begin. Those that are not Google's follow the rules of gitleaks 8.30
 * (https://github.com/gitleaks/gitleaks, config/gitleaks.toml) and the issuers' own pages.
 */
export const credentialShapes: readonly CredentialShape[] = [
  { issuer: 'Google API key', starts: 'AIza', of: word, atLeast: 1, anywhere: true },
  { issuer: 'Google API key, from 2025 on', starts: 'AQ\\.', of: word, atLeast: 1 },
  { issuer: 'Google API key, from 2025 on', starts: 'AQ\\.', of: word, atLeast: 20, anywhere: true },
  { issuer: 'Google OAuth access token', starts: 'ya29\\.', of: '[\\w.~+/-]', atLeast: 1, anywhere: true },
  { issuer: 'Google OAuth refresh token', starts: '1//0', of: word, atLeast: 2 },
  { issuer: 'Google OAuth client secret', starts: 'GOCSPX-', of: word, atLeast: 4 },
  { issuer: 'JSON web token', starts: 'eyJ', of: '[\\w.+/=-]', atLeast: 1, anywhere: true },
  {
    issuer: 'OpenAI, Anthropic, OpenRouter, Langfuse',
    starts: 'sk-(?:ant|proj|svcacct|admin|or|lf)-',
    of: word,
    atLeast: 6,
  },
  { issuer: 'OpenAI, DeepSeek and others', starts: 'sk-', of: alphanumeric, atLeast: 16 },
  { issuer: 'Perplexity', starts: 'pplx-', of: alphanumeric, atLeast: 8 },
  { issuer: 'Groq', starts: 'gsk_', of: alphanumeric, atLeast: 8 },
  { issuer: 'xAI', starts: 'xai-', of: alphanumeric, atLeast: 16 },
  { issuer: 'Replicate', starts: 'r8_', of: alphanumeric, atLeast: 16 },
  { issuer: 'Hugging Face', starts: '(?:hf_|api_org_)', of: alphanumeric, atLeast: 10 },
  { issuer: 'LangSmith', starts: 'lsv2_(?:pt|sk)_', of: word, atLeast: 8 },
  { issuer: 'AWS access key', starts: '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)', of: '[A-Z2-7]', atLeast: 8 },
  { issuer: 'AWS Bedrock', starts: '(?:ABSK|bedrock-api-key-)', of: base64, atLeast: 16 },
  { issuer: 'Alibaba Cloud', starts: 'LTAI', of: alphanumeric, atLeast: 12 },
  { issuer: 'GitHub', starts: '(?:gh[pousr]_|github_pat_)', of: word, atLeast: 8 },
  { issuer: 'GitLab', starts: 'gl(?:pat|cbt|dt|ffct|ft|imt|agent|oas|ptt|rt|soat)-', of: dotted, atLeast: 8 },
  { issuer: 'GitLab runner', starts: 'GR1348941', of: word, atLeast: 8 },
  { issuer: 'Atlassian', starts: 'AT[AC]TT3x', of: base64, atLeast: 8 },
  { issuer: 'Slack', starts: '(?:xox[a-z](?:\\.xox[a-z])?|xapp)-', of: word, atLeast: 8 },
  { issuer: 'Slack webhook', starts: 'hooks\\.slack\\.com/', of: '[\\w/+-]', atLeast: 12 },
  {
    issuer: 'Microsoft Teams webhook',
    starts: '[a-z0-9]+\\.webhook\\.office\\.com/',
    of: '[\\w/@-]',
    atLeast: 12,
  },
  { issuer: 'Stripe', starts: '(?:sk|rk)_(?:live|test|prod)_', of: alphanumeric, atLeast: 6 },
  { issuer: 'Stripe webhook', starts: 'whsec_', of: base64, atLeast: 8 },
  { issuer: 'Twilio', starts: 'SK', of: '[0-9a-fA-F]', atLeast: 24 },
  { issuer: 'SendGrid', starts: 'SG\\.', of: '[\\w=.-]', atLeast: 12 },
  { issuer: 'Brevo', starts: 'xkeysib-', of: word, atLeast: 8 },
  { issuer: 'Mailgun', starts: 'key-', of: '[0-9a-f]', atLeast: 24 },
  { issuer: 'Square', starts: '(?:sq0atp-|sq0csp-|EAAA)', of: word, atLeast: 16 },
  { issuer: 'Shopify', starts: 'shp(?:at|ca|pa|ss)_', of: '[0-9a-fA-F]', atLeast: 8 },
  { issuer: 'Facebook', starts: 'EAA[MC]', of: alphanumeric, atLeast: 32 },
  { issuer: 'npm', starts: 'npm_', of: alphanumeric, atLeast: 16 },
  { issuer: 'PyPI', starts: 'pypi-AgEI', of: word, atLeast: 8 },
  { issuer: 'RubyGems', starts: 'rubygems_', of: '[0-9a-f]', atLeast: 8 },
  { issuer: 'Docker Hub', starts: 'dckr_(?:pat|oat)_', of: word, atLeast: 8 },
  { issuer: 'DigitalOcean', starts: 'do[opr]_v1_', of: '[0-9a-f]', atLeast: 8 },
  { issuer: 'Databricks', starts: 'dapi', of: '[0-9a-f-]', atLeast: 16 },
  { issuer: 'Doppler', starts: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.', of: alphanumeric, atLeast: 8 },
  { issuer: 'Dynatrace', starts: 'dt0[a-z]\\d\\d\\.', of: '[A-Za-z0-9.]', atLeast: 8 },
  { issuer: 'Fly.io', starts: 'f(?:o1|m1[ar]|m2)_', of: base64, atLeast: 16 },
  { issuer: 'Grafana', starts: '(?:glsa_|glc_)', of: base64, atLeast: 8 },
  { issuer: 'HashiCorp Vault', starts: 'hv[sb]\\.', of: word, atLeast: 16 },
  { issuer: 'Heroku', starts: 'HRKU-', of: word, atLeast: 16 },
  { issuer: 'Linear', starts: 'lin_(?:api|oauth)_', of: alphanumeric, atLeast: 8 },
  { issuer: 'Netlify', starts: 'nfp_', of: alphanumeric, atLeast: 16 },
  { issuer: 'New Relic', starts: 'NRAK-', of: '[A-Z0-9]', atLeast: 8 },
  { issuer: 'Notion', starts: 'ntn_', of: alphanumeric, atLeast: 16 },
  { issuer: 'OpenShift', starts: 'sha256~', of: word, atLeast: 16 },
  { issuer: 'PlanetScale', starts: 'pscale_(?:tkn|oauth|pw)_', of: '[\\w=.-]', atLeast: 8 },
  { issuer: 'Postman', starts: 'PMAK-', of: word, atLeast: 8 },
  { issuer: 'Prefect', starts: 'pnu_', of: alphanumeric, atLeast: 16 },
  { issuer: 'Pulumi', starts: 'pul-', of: '[0-9a-f]', atLeast: 16 },
  { issuer: 'ReadMe', starts: 'rdme_', of: alphanumeric, atLeast: 16 },
  { issuer: 'Sentry', starts: 'sntry[su]_', of: base64, atLeast: 8 },
  { issuer: 'Sourcegraph', starts: 'sgp_', of: word, atLeast: 16 },
  { issuer: 'Supabase', starts: 'sb(?:p|_secret)_', of: word, atLeast: 8 },
  { issuer: 'Figma', starts: 'figd_', of: word, atLeast: 8 },
  { issuer: 'age', starts: 'AGE-SECRET-KEY-1', of: '[A-Z0-9]', atLeast: 8 },
  { issuer: '1Password service account', starts: 'ops_eyJ', of: base64, atLeast: 8 },
];

/** The pattern of a shape, in JavaScript's syntax and RE2's alike. */
export function shapePattern({ starts, of, atLeast, anywhere }: CredentialShape): string {
  return `${anywhere ? '' : '\\b'}${starts}${of}${atLeast === 1 ? '+' : `{${atLeast},}`}`;
}

/**
 * Names whose value is a credential, word by word. A longer name that ends in one is meant as well: `refreshToken`,
 * `MY_APP_API_KEY` and `x-goog-api-key` are.
 */
export const credentialNames: readonly string[] = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'secret',
  'secret key',
  'secret access key',
  'api key',
  'apikey',
  'access key',
  'private key',
  'signing key',
  'encryption key',
  'token',
  'authorization',
  'cookie',
  'handle',
  'credentials',
];

/** Names that end like a credential's and hold none. */
export const harmlessNames: readonly string[] = ['page token', 'sync token', 'continuation token'];
