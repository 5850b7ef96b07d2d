/**
 * A certificate for the simulator, and the authority that signed it: made anew for each simulator, kept nowhere. Node can
 * check certificates but not make them, so the few fields that clients look at are written in DER here (RFC 5280).
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

export interface IssuedCertificate {
  /** What clients have to trust. PEM. */
  readonly ca: string;
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

/** @param names host names and addresses the certificate is for */
export function issueCertificate(names: readonly string[]): IssuedCertificate {
  const authority = keyPair();
  const server = keyPair();
  const issuer = { name: 'live-otel simulator CA', key: authority };
  const ca = certificate('live-otel simulator CA', authority.publicKey, issuer, [
    extension('2.5.29.19', sequence(boolean(true)), true),
    extension('2.5.29.15', der(0x03, bytes(0x02, 0x04)), true),
  ]);
  const cert = certificate('live-otel simulator', server.publicKey, issuer, [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', der(0x03, bytes(0x07, 0x80)), true),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(...names.map(generalName))),
  ]);
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { ca: pem(ca), cert: pem(cert), key };
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const keyPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const dayMs = 86_400_000;

function certificate(
  subject: string,
  publicKey: KeyObject,
  issuer: { readonly name: string; readonly key: KeyPair },
  extensions: readonly Buffer[],
): Buffer {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const now = Date.now();
  const content = sequence(
    der(0xa0, der(0x02, bytes(2))),
    // Positive, and new each time: clients remember pairs of issuer and serial number.
    der(0x02, Buffer.concat([bytes(0x01), randomBytes(15)])),
    algorithm,
    commonName(issuer.name),
    sequence(time(now - dayMs), time(now + 30 * dayMs)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        ...extensions,
        extension('2.5.29.14', der(0x04, keyId(publicKey))),
        extension('2.5.29.35', sequence(der(0x80, keyId(issuer.key.publicKey)))),
      ),
    ),
  );
  const signature = sign('sha256', content, issuer.key.privateKey);
  return sequence(content, algorithm, der(0x03, Buffer.concat([bytes(0), signature])));
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), der(0x04, value));
}

function generalName(name: string): Buffer {
  if (isIP(name) === 0) return der(0x82, Buffer.from(name));
  return der(0x87, isIPv6(name) ? ipv6(name) : Buffer.from(name.split('.').map(Number)));
}

function ipv6(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): readonly string[] => part.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** `YYYYMMDDHHMMSSZ` from 2050 on, two digits of the year before. */
function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return digits < '2050' ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const boolean = (value: boolean): Buffer => der(0x01, bytes(value ? 0xff : 0));
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, bytes(first * 40 + second, ...rest.flatMap(base128)));
}

function base128(value: number): readonly number[] {
  return value < 128 ? [value] : [...base128(value >> 7).map((digit) => digit | 0x80), value & 0x7f];
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([bytes(tag, ...header), content]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
