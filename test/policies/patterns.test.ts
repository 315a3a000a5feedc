import { expect, it } from 'vitest'
import { covers, extentOf, overlap } from '../../src/policies/patterns.ts'

it.each([
  ['*', 'anything', true],
  ['*', '*', true],
  ['s3:*', 's3:GetObject', true],
  ['s3:*', 's3:*', true],
  ['s3:Get*', 's3:*', false],
  ['s3:*', 's3:Get*', true],
  ['s3:*Object', 's3:Get*Object', true],
  ['s3:*Object', 's3:GetObject*', false],
  ['s3:Get?', 's3:Get?', true],
  ['s3:Get?', 's3:Get*', false],
  ['s3:GetX', 's3:Get?', false],
  ['*:*', '*', false],
  ['', '', true],
  ['', 'x', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
])('%s takes all of %s: %s', (glob, asked, all) => {
  expect(covers({ glob, segmented: false }, asked)).toBe(all)
})

// IAM User Guide, "IAM JSON policy elements: Resource": wildcards stay in a segment of an ARN, but for a star that ends one.
it.each([
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a:b', true],
  ['arn:aws:s3:::*/logs', 'arn:aws:s3:::bucket/logs', true],
  ['arn:aws:s3:::*/logs', 'arn:aws:s3:::a:b/logs', false],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', true],
  ['arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x', true],
  ['arn:aws:iam::1?2:role/x', 'arn:aws:iam::1:2:role/x', false],
  ['arn:aws:iam::11*33:role/x', 'arn:aws:iam::11:33:role/x', false],
  ['arn:aws:iam::11*33:role/x', 'arn:aws:iam::112233:role/x', true],
  ['arn:aws:*', 'arn:aws:iam::112233:role/x', true],
])('%s takes the resource %s: %s', (glob, asked, all) => {
  expect(covers({ glob, segmented: true }, asked)).toBe(all)
  expect(overlap(glob, asked)).toBe(true)
})

it.each([
  ['s3:Get*', 's3:*Object', true],
  ['s3:Get*', 's3:Put*', false],
  ['*Object', '*Bucket', false],
  ['a*', '*b', true],
  ['a?c', 'ab?', true],
  ['a?c', 'ab', false],
  ['*', '?', true],
  ['a*b*', '*c*d', true],
  ['', '*', true],
  ['', '?', false],
])('%s and %s have something in common: %s', (a, b, common) => {
  expect([overlap(a, b), overlap(b, a)]).toEqual([common, common])
})

it('an exception covers what none of its patterns touches', () => {
  const not = (...globs: readonly string[]) => ({
    except: true,
    patterns: globs.map((glob) => ({ text: glob, glob, segmented: false, variable: false })),
  })
  const extents = [not('iam:*'), not('iam:Get*'), not('s3:*'), not('*'), not()].map((one) => extentOf(one, 'iam:*'))
  expect(extents).toEqual(['none', 'some', 'all', 'none', 'all'])
})

it('patterns of thousands of stars take no time that anybody would notice', () => {
  const [stars, letters] = ['*a'.repeat(2000), 'a'.repeat(4000)]
  expect(covers({ glob: `${stars}b`, segmented: true }, letters)).toBe(false)
  expect(overlap(`${stars}b`, `${stars}c`)).toBe(false)
})
