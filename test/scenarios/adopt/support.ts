import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Office } from '../cloud/support/office.ts'

/** How every manifest of these tests begins. */
export const head = 'version: 1\nidentity_center: { region: us-east-1 }\n'

/** A desk whose Identity Center is as one manifest says, and whose own manifest is another: what differs is drift. */
export async function drifted(
  live: string,
  declared: string,
  contents: Contents = {},
): Promise<Office & { text(): string }> {
  const cloud = await newCloud({ contents, faults: { seconds: 0.02 } })
  const office = newOffice(cloud.url)
  office.writeText(head + live)
  const { code, stderr } = await office.apply()
  if (code !== 0) throw new Error(stderr)
  const ends = declared.includes('\r\n') ? '\r\n' : '\n'
  const begin = head.replaceAll('\n', ends)
  office.writeText(begin + declared)
  const text = () => readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8').slice(begin.length)
  return { ...office, text }
}

/** Addresses of what a plan would do. */
export async function open(office: Office): Promise<readonly string[]> {
  return (await office.plan()).operations.map(({ verb, address }) => `${verb} ${address}`)
}
