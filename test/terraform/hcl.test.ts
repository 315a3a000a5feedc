import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expression, hclText, jsonEncoded, quotedText, type Value } from '../../src/terraform/hcl.ts'
import { newFolder } from '../scenarios/e2e/support/desk.ts'
import { itNeeds, noTerraform, terraform } from './support/terraform.ts'

it('lays out blocks, aligns what stands together and breaks what is long', () => {
  const statement = { Effect: 'Allow', Action: ['s3:Get*'], Resource: '*', Condition: {} }
  const long = ['x'.repeat(45), 'y'.repeat(45)]
  const text = hclText([
    {
      type: 'resource',
      labels: ['kind', 'name'],
      comments: ['One line', '', 'another'],
      arguments: {
        id: expression('local.id'),
        left_out: undefined,
        count_of: 2,
        policy: jsonEncoded({ Version: '2012-10-17', Statement: [statement], for: long }),
        last: true,
      },
      blocks: [{ type: 'inner', arguments: { a: '', 'two words': null } }, { type: 'empty' }],
    },
    { type: 'locals', arguments: { a: 1 } },
  ])
  expect(text).toBe(`# One line
#
# another
resource "kind" "name" {
  id       = local.id
  count_of = 2
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = ["s3:Get*"]
        Resource  = "*"
        Condition = {}
      },
    ]
    "for" = [
      "${'x'.repeat(45)}",
      "${'y'.repeat(45)}",
    ]
  })
  last = true

  inner {
    a         = ""
    two words = null
  }

  empty {}
}

locals {
  a = 1
}
`)
})

const dollar = '$'

describe('texts in quotes', () => {
  it.each([
    ['a "quoted" \\ word', '"a \\"quoted\\" \\\\ word"'],
    [`${dollar}{a} $${dollar}{b} %{c} $ {d} %%{e}`, `"$${dollar}{a} $$${dollar}{b} %%{c} $ {d} %%%{e}"`],
    ['two\nlines\r\tof', '"two\\nlines\\r\\tof"'],
    ['日本語 🎉', '"日本語 🎉"'],
    ['\u001b[2J \u202e \u{e0001}', '"\\u001b[2J \\u202e \\U000e0001"'],
    ['##[group] # one', '"\\u0023#[group] # one"'],
  ])('%j', (text, written) => {
    expect(quotedText(text)).toBe(written)
  })
})

const sign = fc.constantFrom(...'ab$%{}"\\#[: \n\r\t~', '${', '%{', '日', 'é', '\u202e', '\u200b', '🎉')
const text = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''))
const scalar = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null))
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('a', 'for', 'longer_name', 'null', '日本')), tie('value'), {
      maxKeys: 4,
    }),
  ),
})).value

itNeeds(noTerraform, 'Terraform reads what was meant, and has nothing to lay out otherwise', async () => {
  const folder = newFolder()
  const values = fc.sample(value, { numRuns: 300, seed: 20 })
  const given = Object.fromEntries(values.map((one, index) => [`v${'x'.repeat(index % 7)}${index}`, one]))
  const blocks = [{ type: 'locals', arguments: { ...given, all: jsonEncoded(values) } }]
  writeFileSync(join(folder, 'main.tf'), hclText(blocks))
  await terraform(folder, ['fmt', '-check', '-diff', '-no-color'])
  const output = { type: 'output', labels: ['all'], arguments: { value: expression('local.all') } }
  writeFileSync(join(folder, 'main.tf'), hclText([...blocks, output]))
  await terraform(folder, ['apply', '-auto-approve', '-no-color'])
  const read = JSON.parse(JSON.parse(await terraform(folder, ['output', '-json', 'all'])))
  expect(read).toEqual(values)
})
