import { error, Refusal } from '../../model/diagnostic.ts'
import { configValueProblem, isConfigKey } from '../../model/setting.ts'

/** Section names every AWS tool reads; the AWS SDK for JavaScript drops a profile with any other character. */
const NAME = /^[A-Za-z0-9_@+.%:/-]+$/

/** True for a section name that every AWS tool reads. */
export function isSectionName(name: string): boolean {
  return NAME.test(name) && name !== '__proto__'
}

/** True for such a name that no command takes for an option. */
export function isProfileName(name: string): boolean {
  return isSectionName(name) && !name.startsWith('-')
}

/** Throws a Refusal for a section name that not every AWS tool would read. */
export function checkName(name: string): void {
  if (isProfileName(name)) return
  const hint =
    'use only letters, digits and _ @ + . % : / -, and no leading -: the AWS SDK for JavaScript drops other names, and commands read a leading - as an option'
  throw new Refusal(
    error('config-bad-name', `${JSON.stringify(name)} cannot be a section name in the AWS config`, { hint }),
  )
}

/** Throws a Refusal for a key that is not written as AWS writes keys; `s3.max_queue_size` is a property of a block. */
export function checkKey(key: string): void {
  if (isConfigKey(key)) return
  const hint = 'use lower-case letters, digits, _ and -, starting with a letter, as in sso_role_name'
  throw new Refusal(error('config-bad-key', `${JSON.stringify(key)} cannot be a key in the AWS config`, { hint }))
}

/** Throws a Refusal for a value AWS tools would read differently. `where` names the option; the value is not shown. */
export function checkValue(where: string, value: string): void {
  const found = configValueProblem(value)
  if (found === undefined) return
  const hint = 'change the value: AWS config files have no quoting or escaping'
  throw new Refusal(error('config-bad-value', `the value of ${where} ${found}`, { hint }))
}
