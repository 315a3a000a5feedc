// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources of attributes look like that
import { describe, expect, it } from 'vitest'
import { documentedNames, sourceOf } from '../../src/model/attribute-sources.ts'
import { head, load, marked, placeOf } from './load.ts'

const section = (source: string) => `${head}access_control_attributes:\n  Cost: «${JSON.stringify(source)}»\n`

describe('a source of a session tag that AWS does not document', () => {
  const rows: readonly (readonly [source: string, meant: string | undefined])[] = [
    ['${path:enterprise.costcentre}', '${path:enterprise.costCenter}'],
    ['${path:username}', '${path:userName}'],
    ['${path:userName} ', '${path:userName}'],
    ['${path:costCenter}', '${path:enterprise.costCenter}'],
    ['${path:familyName}', '${path:name.familyName}'],
    ['${user:givenname}', '${user:givenName}'],
    ['${path:addresses[type eq "home"].country}', '${path:addresses[type eq \\"work\\"].country}'],
    ['title', '${path:title}'],
    ['plain', undefined],
    ['${samaccountname}', undefined],
    ['${path:toString}', undefined],
    ['${path:title}-${path:locale}', undefined],
  ]
  it.each(rows)('is a warning at its place: %s', async (source, meant) => {
    const { text, places } = marked(section(source))
    const { warnings } = await load(text)
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      [
        'attribute-source',
        `${JSON.stringify(source)} is no attribute that AWS documents, so sessions may never carry the tag "Cost"`,
      ],
    ])
    expect(warnings.map(placeOf)).toEqual(places)
    const [{ hint } = {}] = warnings
    if (meant === undefined) expect(hint).toContain('AWS documents ${path:userName}')
    else expect(hint).toBe(`did you mean "${meant}"?`)
  })

  it('is none of those that it documents', async () => {
    const all = (['path', 'user'] as const).flatMap((table) =>
      documentedNames[table].map((one) => sourceOf(table, one)),
    )
    const lines = all.map((source, index) => `  K${index}: ${JSON.stringify(source)}`)
    const { warnings } = await load(`${head}access_control_attributes:\n${lines.join('\n')}\n`)
    expect([warnings, all.length]).toEqual([[], 38])
  })
})
