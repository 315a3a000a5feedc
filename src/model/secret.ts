/**
 * What tells a secret: the one list for names of variables, keys of `~/.aws/config` and lines of files, and for values whatever they
 * are called.
 */

/** Parts of a name, in lower case, that say that its value is or may be secret; the inside of a pattern. */
export const secretWord =
  'secret|token|passw|passphrase|credential|private[_-]?key|api[_-]?key|access[_-]?key|key[_-]?id'

/** Words of a variable's name that do so too, and that are harmless in keys of AWS; `PWD` alone is the folder of a shell. */
const variableWord = /(?:^|_)(?:key|keys|auth|pat|cookie|dsn|creds?|pass|pw|pin|otp|jwt|bearer|webhook)(?:_|$)|_pwd$/i
const named = new RegExp(secretWord, 'i')

/**
 * Texts that can be nothing but a secret wherever they stand, as their makers shape them. Each begins where nothing of its kind stands
 * before, so that a long text is gone through once. Sources: AWS IAM guide, "IAM identifiers";
 * GitHub docs, "Supported secret scanning patterns"; GitLab docs, "Token overview".
 */
export const secretShapes: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/,
  /(?<![\w-])(?:gh[oprsu]_|github_pat_|gl(?:pat|dt|rt|rtr|cbt|ft|ptt|soat|imt|agent|ffct|oas|wt)-|npm_|pypi-|rubygems_|dckr_pat_|hf_|gsk_|sbp_|whsec_|dop_v1_|doo_v1_)[\w-]{10,}/,
  /(?<![\w-])(?:xox[a-z]|xapp|sk|nvapi|NRAK|AGE-SECRET-KEY)-[\w-]{10,}/,
  /(?<![\w-])(?:sk|rk|pk)_(?:live|test)_\w{8,}/,
  /(?<![\w-])sh(?:pat|pca|ppa|pss)_[0-9a-f]{16,}/i,
  /(?<![\w-])(?:hv[sbr]|ya29|SG|dp\.[a-z]{2,5})\.[\w.-]{16,}/,
  /(?<![\w-])(?:AIza|ATATT3|ATCTT3)[\w=-]{16,}/,
  /(?<![\w-])[\w-]{10,}\.atlasv1\.[\w-]{10,}/,
  /(?<![\w~.-])\w{3}\dQ~[\w~.-]{20,}/,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}/,
  /-----BEGIN /,
  /\bhooks\.slack\.com\/[\w/-]+|\bdiscord(?:app)?\.com\/api\/webhooks\/[\w/-]+|\.webhook\.office\.com\/[\w/@-]+/i,
  /(?<![\w-])(?:bearer|basic)\s+[\w+/=.~-]{8,}/i,
]

/** Words that are a secret as a whole. */
const wholeShapes: readonly RegExp[] = [
  /:\/\/[^/\s@]+@/,
  /^[0-9a-f]{32,}$/i,
  /^(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{40,}$/i,
  /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=-]{32,}$/,
  /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=.~-]{40,}$/,
]

/** True for a name whose value is or may be secret, of whatever it is the name. */
export function isSecretName(name: string): boolean {
  return named.test(name)
}

/** Why a variable is taken for a secret, as the end of a sentence that begins with its name and holds nothing of its value. */
export function secretLook(name: string, value = ''): string | undefined {
  if (variableWord.test(name) || isSecretName(name)) return 'is a secret, judging by its name'
  // Encodings are wrapped into lines, and lists name several.
  const words = value.split(/[\s,;"']+/)
  const looks =
    secretShapes.some((shape) => shape.test(value)) || words.some((word) => wholeShapes.some((one) => one.test(word)))
  return looks ? 'has a value that looks like a secret' : undefined
}
