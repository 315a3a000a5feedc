// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import { describe, expect, it } from 'vitest'
import { knownForms } from '../../src/policies/known-forms.ts'
import { head, load, loadKnowing, marked, placeOf, refusal } from './load.ts'

/** A manifest with a text in a resource, and one with the same in a condition. */
const withTexts = (text: string, version = 'Version: "2012-10-17", ') =>
  [
    `Resource: [ "*", «"arn:aws:s3:::home/${text}"» ]`,
    `Resource: "*", Condition: { StringLike: { "s3:prefix": [ a, «"home/${text}"» ] } }`,
  ].map((rest) =>
    marked(
      `${head}permission_sets:\n  Admin:\n    inline_policy: { ${version}Statement: [{ Effect: Allow, Action: "s3:*", ${rest} }] }\n`,
    ),
  )

describe('a policy variable', () => {
  it.each([
    ['${aws:usrid}', '"${aws:usrid}": AWS has no condition key "aws:usrid"', 'did you mean "aws:userid"?'],
    [
      '${aws:PrincipleTag/team}',
      '"${aws:PrincipleTag/team}": AWS has no condition key "aws:PrincipleTag/team"',
      'did you mean "aws:PrincipalTag/team"?',
    ],
    [
      "${aws:PrincipleTag/team, 'all'}",
      `"\${aws:PrincipleTag/team, 'all'}": AWS has no condition key "aws:PrincipleTag/team"`,
      'did you mean "aws:PrincipalTag/team"?',
    ],
    ['${userid}', '"${userid}" names no service', 'did you mean "${aws:userid}"?'],
  ])('that is nearly a known one is an error at its place, or else a warning: %s', async (variable, message, hint) => {
    const { asOf } = await knownForms()
    for (const { text, places } of withTexts(variable)) {
      const [first, ...more] = await refusal(text)
      expect(more).toEqual([])
      const said = {
        code: 'policy-variable',
        message,
        hint: `${hint} If AWS added it after ${asOf}, pass --allow-unknown`,
      }
      expect(first).toMatchObject(said)
      expect(first && placeOf(first)).toEqual(places[0])
      expect((await loadKnowing(text)).warnings).toMatchObject([said])
    }
  })

  it.each([
    ['${aws:FrobnicationLevel}', /^"\$\{aws:Frob.*\}": AWS had no condition key/, /Service Authorization Reference$/],
    ['${BUCKET}', /^"\$\{BUCKET\}" is no policy variable of AWS/, /^nothing is filled in inside policies: /],
    ['${aws:userid, all}', /^the default value of .* is not in single quotes$/, /^write \$\{aws:userid, 'VALUE'\}$/],
    ['${ aws:userid }', / names no condition key$/, /without spaces/],
    ['${}', / names no condition key$/, /^write \$\{SERVICE:KEY\}/],
    [
      '${aws:username}',
      /^"\$\{aws:username\}" has no value in sessions of IAM Identity Center/,
      /\$\{aws:userid\}.*Tag.*UserId/,
    ],
    ['${AWS:UserName}', / has no value in sessions of IAM Identity Center/, /^these have one: /],
    ['${cognito-identity.amazonaws.com:sub}', / has no value in sessions of IAM Identity Center/, /^these have one: /],
  ])('that does nothing there is a warning at its place: %s', async (variable, message, hint) => {
    for (const { text, places } of withTexts(`${variable}/${variable}`)) {
      const [first, ...more] = (await load(text)).warnings
      expect(more).toEqual([])
      expect(first?.code).toBe('policy-variable')
      expect(first?.message).toMatch(message)
      expect(first?.hint).toMatch(hint)
      expect(first && placeOf(first)).toEqual(places[0])
    }
  })

  it.each([
    ...['${aws:userid}', '${AWS:USERID}', '${aws:PrincipalTag/a:b}', "${aws:PrincipalTag/team, 'all'}", '${s3:prefix}'],
    ...[
      "${aws:username, 'nobody'}",
      "${aws:PrincipalTag/team,''}",
      '${identitystore:UserId}',
      '${*}${?}${$}',
      '${',
      '$}',
      '$$',
    ],
  ])('is taken: %s', async (variable) => {
    for (const { text } of withTexts(variable)) expect((await load(text)).warnings).toEqual([])
  })

  it('is plain text in Version 2008-10-17', async () => {
    for (const { text, places } of withTexts('${aws:usrid}', 'Version: "2008-10-17", ')) {
      const [first, ...more] = (await load(text)).warnings
      expect(more).toEqual([])
      expect(first?.message).toBe('"${aws:usrid}" is plain text in Version 2008-10-17, which has no policy variables')
      expect(first && placeOf(first)).toEqual(places[0])
    }
  })

  it('is said once to be none where the policy has no Version', async () => {
    for (const { text } of withTexts('${aws:usrid}', ''))
      expect((await load(text)).warnings.map(({ code }) => code)).toEqual(['policy-version'])
  })
})
