import { describe, expect, it } from 'vitest'
import { adopt } from '../../src/init/adopt.ts'
import { foundHere } from '../../src/init/findings.ts'
import { starterMark, starterSections } from '../../src/init/starter.ts'
import { loadManifest } from '../../src/manifest/load.ts'

const readPolicy = () => Promise.reject(new Error('no policy files'))

/** The text with the comment marks of the example taken away. */
function uncommented(text: string): string {
  const [head = '', tail = ''] = text.split(`# ${starterMark}`)
  return (
    head +
    tail
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^# ?/, ''))
      .join('\n')
  )
}

describe('a starter', () => {
  it.each([
    ['known', '111122223333'],
    ['not known', undefined],
  ])('is valid as it is and with its example in place, the management account being %s', async (_how, management) => {
    const now = new Date()
    const found = foundHere({ file: 'sso.yaml', region: 'eu-west-1', now }, {}, management)
    const { text } = await adopt(found, (draft) => starterSections(draft, found))
    const load = (of: string) => loadManifest({ file: 'sso.yaml', text: of }, { env: {}, readPolicy })
    expect((await load(text)).manifest.users).toBeUndefined()
    const { manifest, warnings } = await load(uncommented(text))
    expect(warnings).toEqual([])
    expect(Object.keys(manifest)).toEqual(
      expect.arrayContaining(['accounts', 'users', 'permission_sets', 'assignments', 'local', 'checklist']),
    )
    expect(text.match(/111122223333/g)).toHaveLength(1)
  })
})
