import { describe, expect, test } from 'vitest'
import { findSection, parseConfig, type SectionKind } from '../../../src/local/aws-config/document.ts'
import { markLine } from '../../../src/local/aws-config/mark.ts'
import type { Diagnostic } from '../../../src/model/diagnostic.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'

/** What is wrong, as `line:column code`; empty when nothing is. */
function refusals(run: () => unknown): string[] {
  return diagnostics(run).map(({ code, at }) => `${at?.line}:${at?.column} ${code}`)
}

function diagnostics(run: () => unknown): readonly Diagnostic[] {
  try {
    run()
    return []
  } catch (cause) {
    if (cause instanceof Refusal) return cause.diagnostics
    throw cause
  }
}

describe('sections', () => {
  const rows: [header: string, kind: SectionKind, name: string][] = [
    ['[default]', 'profile', 'default'],
    ['[profile default]', 'profile', 'default'],
    ['[profile dev]', 'profile', 'dev'],
    ['  [profile dev]', 'profile', 'dev'],
    ['[profile  dev] # note', 'profile', 'dev'],
    ['[profile\tdev]', 'profile', 'dev'],
    ['[profile "my dev"]', 'profile', 'my dev'],
    ["[profile 'dev']", 'profile', 'dev'],
    ['[profile a]b]', 'profile', 'a]b'],
    ['[profile a;b]', 'profile', 'a;b'],
    ['[profile my.dev]', 'profile', 'my.dev'],
    ['[profile __proto__]', 'profile', '__proto__'],
    ['[sso-session main]', 'sso-session', 'main'],
    ['[services s3-here]', 'services', 's3-here'],
    ['[profile]', 'other', 'profile'],
    ['[profile a b]', 'other', 'profile a b'],
    ['[profile "open]', 'other', 'profile "open'],
    ['[ profile dev ]', 'other', ' profile dev '],
    ['["profile dev"]', 'other', '"profile dev"'],
    ['[dev]', 'other', 'dev'],
    ['[DEFAULT]', 'other', 'DEFAULT'],
  ]
  test.each(rows)('%s is %s %s', (header, kind, name) => {
    expect(parseConfig(`${header}\nregion = x\n`, 'config').sections).toMatchObject([{ kind, name, first: 0, last: 1 }])
  })

  test('two spellings of one profile are refused by whoever asks for it, with both lines', () => {
    const texts = ['[default]\n[profile default]\n', '[profile default]\na = b\n\n[default]\n']
    for (const text of texts) {
      const document = parseConfig(text, 'config')
      expect(diagnostics(() => findSection(document, 'profile', 'default'))).toMatchObject([
        { code: 'config-ambiguous-section', at: { line: document.sections[1]?.at.line } },
      ])
      expect(findSection(document, 'profile', 'other')).toBeUndefined()
    }
    const spelt = parseConfig('[profile dev]\n[profile "dev"]\n', 'config')
    expect(() => findSection(spelt, 'profile', 'dev')).toThrow('[profile dev] on line 1 and [profile "dev"] on line 2')
  })

  test('a header only the AWS CLI takes for a profile is refused', () => {
    const document = parseConfig('[profiles dev]\n', 'config')
    expect(refusals(() => findSection(document, 'profile', 'dev'))).toEqual(['1:1 config-odd-section'])
  })
})

describe('options', () => {
  const rows: [text: string, key: string, value: string, nested?: boolean][] = [
    ['region = us-east-1', 'region', 'us-east-1'],
    ['Region=us-east-1', 'region', 'us-east-1'],
    ['region: us-east-1', 'region', 'us-east-1'],
    ['  region\t=\tus-east-1  ', 'region', 'us-east-1'],
    ['region = us-east-1 # note', 'region', 'us-east-1 # note'],
    ['sso_start_url = https://d-1.awsapps.com/start/#', 'sso_start_url', 'https://d-1.awsapps.com/start/#'],
    ["credential_process = sh -c 'a; b'", 'credential_process', "sh -c 'a; b'"],
    ['region = "us-east-1"', 'region', '"us-east-1"'],
    ['account = 012345678901', 'account', '012345678901'],
    ['x = true', 'x', 'true'],
    ['key[] = x', 'key[]', 'x'],
    ['__proto__ = x', '__proto__', 'x'],
    ['a b = x', 'a b', 'x'],
    ['region =', 'region', ''],
    ['x = a\n  b\n\n# note\n  [profile c]', 'x', 'a\nb\n\n[profile c]'],
    ['s3 =\n  a = b\n  region = c', 's3', '\na = b\nregion = c', true],
    ['s3 =\n\n  a = b', 's3', '\n\na = b', true],
    ['x = a\u2028b', 'x', 'a\u2028b'],
  ]
  test.each(rows)('%j', (text, key, value, nested = false) => {
    const [section] = parseConfig(`[default]\n${text}\n\n# end\n`, 'config').sections
    expect(section?.options.get(key)).toMatchObject({ value, nested, line: 2 })
    expect(section?.options.size).toBe(1)
  })
})

describe('ownership', () => {
  const rows: [above: string, mark: string | undefined][] = [
    ['# managed by sso-reconcile\n', 'sso-reconcile'],
    ['# managed by sso-reconcile/home\r\n', 'sso-reconcile/home'],
    ['# note\n# managed by sso-reconcile\n', 'sso-reconcile'],
    ['  # managed by sso-reconcile  \n', 'sso-reconcile'],
    ['# managed by sso-reconcile\n\n', undefined],
    ['# managed by sso-reconcile\n# note\n', undefined],
    ['# managed by sso-reconciler\n', undefined],
    ['# managed by sso-reconcile/\n', undefined],
    ['## managed by sso-reconcile\n', undefined],
    ['; managed by sso-reconcile\n', undefined],
    ['[a]\nx = 1 # managed by sso-reconcile\n', undefined],
  ]
  for (const [above, mark] of rows)
    test(`${JSON.stringify(above)} marks ${mark ? `a profile of ${mark}` : 'nothing'}`, () => {
      expect(parseConfig(`${above}[profile dev]\n`, 'config').sections.at(-1)?.mark).toBe(mark)
    })

  test('a mark names its owner and nothing else', () => {
    expect(markLine('sso-reconcile/home')).toBe('# managed by sso-reconcile/home')
    for (const owner of ['', 'other', 'sso-reconcile/', 'sso-reconcile/a\n[x]', 'sso-reconcile/a ']) {
      expect(() => markLine(owner), owner).toThrow(Refusal)
    }
  })
})

describe('texts the AWS CLI cannot read are refused with the line', () => {
  const rows: [text: string, ...found: string[]][] = [
    ['\ufeff[default]\n', '1:1 config-byte-order-mark'],
    ['[default]\nx = a\0b\n', '2:6 config-null-byte'],
    ['region = x\n[default]\n', '1:1 config-no-section'],
    ['\n  junk\n[default]\nmore junk\n', '2:3 config-no-section', '4:1 config-junk'],
    ['[default]\nregion us-east-1\n', '2:1 config-junk'],
    ['[default]\n[]\n', '2:1 config-junk'],
    ['[default]\n[profile x\n', '2:1 config-junk'],
    ['[default]\n= x\n', '2:1 config-empty-key'],
    ['[default]\n : x\n', '2:2 config-empty-key'],
    ['[default]\na = 1\n[default]\nb = 2\n', '3:1 config-duplicate-section'],
    ['[default]\nRegion = x\nregion = y\n', '3:1 config-duplicate-key'],
    ['[default]\r\na=1\r\na:2\r\n', '3:1 config-duplicate-key'],
    ['[DEFAULT]\na=1\n[DEFAULT]\na=2\n', '4:1 config-duplicate-key'],
    ['[default]\ns3 =\n  a = b\n  c\n', '4:3 config-nested'],
    ['[default]\nx =\n  [profile y]\n', '3:3 config-nested'],
    ['[default]\ns3 =\n  a = b\u0085c\n', '3:3 config-nested'],
  ]
  test.each(rows)('%j', (text, ...found) => {
    expect(refusals(() => parseConfig(text, 'config'))).toEqual(found)
  })

  test('no message repeats a value, which may be a secret', () => {
    const text = 'aws_secret_access_key = SECRET\n[a]\nSECRET\nk = SECRET\nk = SECRET\n= SECRET\n'
    const found = diagnostics(() => parseConfig(text, 'config'))
    expect(found).toHaveLength(4)
    expect(JSON.stringify(found)).not.toContain('SECRET')
  })
})

test('a text of all that is odd but readable is accepted', () => {
  const text = '\r\n; c\n[DEFAULT]\n[DEFAULT]\n[a]\n  x: 1\n  y = 2\n\tz=\n[b]\u00a0\n   '
  expect(refusals(() => parseConfig(text, 'config'))).toEqual([])
})
