import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { issueCertificate } from '../../src/testing/certificate.ts';

it('is for the names that were asked for, and signed by its own authority', () => {
  const { ca, cert, key } = issueCertificate(['localhost', '127.0.0.1', '::1', 'api.example.test']);
  const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)];
  expect(authority.ca).toBe(true);
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.checkIssued(authority)).toBe(true);
  expect(leaf.verify(authority.publicKey)).toBe(true);
  expect(leaf.checkHost('localhost')).toBe('localhost');
  expect(leaf.checkHost('api.example.test')).toBe('api.example.test');
  expect(leaf.checkHost('elsewhere.test')).toBeUndefined();
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(leaf.checkIP('::1')).toBe('::1');
  expect(key).toContain('BEGIN PRIVATE KEY');
  expect(Date.parse(leaf.validTo)).toBeGreaterThan(Date.now());
});
