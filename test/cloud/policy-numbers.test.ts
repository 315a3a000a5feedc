import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { expectApplied, ours } from './support/cases.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, manifestText, newOffice, type Office } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

/** A policy as text with a number in it: whoever reads it as data may lose some of its digits. */
const policy = (number: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":${number}}}}]}`

/** How a person may write such a policy. */
const written = {
  'in quotes': (number: string) => `inline_policy: ${policy(`"${number}"`)}`,
  plainly: (number: string) => `inline_policy: ${policy(number)}`,
  'in a file': (number: string, { desk }: Office) => {
    writeFileSync(join(desk.work, 'big.json'), policy(number))
    return 'inline_policy_file: big.json'
  },
} as const
type Way = keyof typeof written

/** Applies a set with the number written in a way, to an empty cloud; expects that all digits arrive, and that it settles. */
async function expectArrives(number: string, way: Way): Promise<void> {
  const cloud = await newCloud({ faults: { looks: 0 } })
  const office = newOffice(cloud.url)
  write(office, number, way)
  await expectApplied(office)
  const [set] = Object.values((await cloud.export()).permissionSets ?? {})
  expect(set?.inline).toMatch(new RegExp(`[:"]${number}["}]`))
}

/** Expects that the number written in a way is the same as one that somebody else has put there. */
async function expectSame(number: string, way: Way): Promise<void> {
  const permissionSets = [{ name: 'Big', tags: ours, inlinePolicy: policy(number) }]
  const office = newOffice((await newCloud({ contents: { permissionSets } })).url)
  write(office, number, way)
  await expectSettled(office)
}

function write(office: Office, number: string, way: Way): void {
  const text = `${manifestText({})}permission_sets:\n  Big:\n    ${written[way](number, office)}\n`
  writeFileSync(join(office.desk.work, 'sso.yaml'), text)
}

const huge = '123456789012345678901234567890'

describe.concurrent('a number in an inline policy', () => {
  it.each<readonly [string, Way]>([
    ['1000', 'in quotes'],
    ['1000', 'plainly'],
    ['1000', 'in a file'],
    ['9007199254740993', 'in quotes'],
    [huge, 'in quotes'],
  ])('such as %s, written %s, arrives with all its digits and is the same when read', async (number, way) => {
    await expectArrives(number, way)
    await expectSame(number, way)
  })

  // Read as floating point: another number is sent than the one that is written.
  it.fails.each<readonly [string, Way]>([
    ['9007199254740993', 'plainly'],
    ['9007199254740993', 'in a file'],
    [huge, 'plainly'],
    [huge, 'in a file'],
  ])('such as %s, written %s, arrives with all its digits', expectArrives)

  it.fails.each<readonly [string, Way]>([
    ['9007199254740993', 'plainly'],
    [huge, 'in a file'],
  ])('such as %s, written %s, is the same when read', expectSame)
})
