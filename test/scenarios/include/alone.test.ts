import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { deskOf, teams } from './support.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('a file that a manifest includes, by itself,', () => {
  it.each([
    ['in the folder of the manifest', '.', 'people.yaml', 'sso.yaml'],
    ['in a folder below', '.', 'teams/a.yaml', 'sso.yaml'],
    ['from its own folder', 'teams', 'a.yaml', '../sso.yaml'],
  ])('is no manifest, and what others declare is no error: %s', async (_where, folder, file, manifest) => {
    const { desk, at } = await deskOf(teams)
    for (const command of ['validate', 'plan']) {
      const { code, stdout, stderr } = await run({ ...desk, work: at(folder) }, [command, '-f', file])
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toContain(`this is a file that ${manifest} includes, and no manifest by itself`)
      expect(stderr).toContain(`hint: run this with -f ${manifest} instead`)
      expect(stderr).not.toContain('not declared')
      expect(stderr).toContain(`1 error in ${file}; nothing was read from AWS.`)
    }
    const advised = await run({ ...desk, work: at(folder) }, ['validate', '-f', manifest])
    expect(advised).toMatchObject({ code: 0, stdout: `${manifest} and its 3 included files are valid.\n` })
  })

  it('has its own errors told too', async () => {
    const broken = teams['teams/a.yaml'].replace('PowerUserAccess', 'PowerUserAcess')
    const { stderr } = await (await deskOf({ ...teams, 'teams/a.yaml': broken })).run([
      'validate',
      '-f',
      'teams/a.yaml',
    ])
    expect(stderr).toContain('PowerUserAcess')
    expect(stderr).toContain('2 errors in teams/a.yaml')
  })

  it.each<readonly [string, string | undefined]>([
    ['no manifest is there', undefined],
    [
      'the manifest includes another file',
      'version: 1\nidentity_center: { region: us-east-1 }\ninclude: [people.yaml]\n',
    ],
    ['the manifest is none', 'include: [teams/a.yaml]\n'],
    ['the manifest cannot be parsed', 'version: 1\ninclude: [teams/a.yaml\n'],
  ])('is told that it may be one where it is not known which: %s', async (_why, manifest) => {
    const { 'sso.yaml': _own, ...files } = teams
    const desk = await deskOf({ 'sso.yaml': '', ...files })
    desk.put({ 'sso.yaml': manifest ?? '' })
    const { code, stderr } = await desk.run(['validate', '-f', 'teams/a.yaml'])
    expect(code).toBe(1)
    expect(flat(stderr)).toContain('the manifest has no identity_center')
    expect(flat(stderr)).toContain('if a manifest includes this file, name that manifest with -f instead')
    expect(flat(stderr)).toContain('user "jiro" is not declared under users')
    expect(flat(stderr)).toContain('or check the manifest that includes this file, with -f')
  })

  it('is valid never, not even where it refers to nothing', async () => {
    const desk = await deskOf(teams)
    const { code, stdout } = await desk.run(['validate', '-f', 'people.yaml', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'include-alone' }] })
  })
})
