import { consoleIn } from './partition.ts'

/**
 * Labels of the console as it shows them in English, with those of the Japanese console where they are known. Sources, in the Japanese
 * user guide (https://docs.aws.amazon.com/ja_jp/singlesignon/latest/userguide/): mfa-getting-started, userswithoutpwd, addusers, assignusers,
 * configure-user-session, remove-region (Management), enable-identity-center, howtocreatepermissionset. A label without a source stays as it is.
 */
const labels = {
  Enable: '有効にする',
  Users: 'ユーザー',
  'Add user': 'ユーザーを追加',
  'Permission sets': '許可セット',
  'AWS accounts': 'AWS アカウント',
  'Assign users or groups': 'ユーザーまたはグループを割り当て',
  'Active sessions': 'アクティブなセッション',
  'AWS access portal URL': 'AWS アクセスポータルの URL',
  Settings: '設定',
  Authentication: '認証',
  'Multi-factor authentication': '多要素認証',
  'Standard authentication': '標準認証',
  'Session duration': 'セッション期間',
  Configure: '設定',
  'Prompt users for MFA': 'MFA のプロンプトをユーザーに表示',
  'Send email OTP': 'E メール送信 OTP',
  Save: '保存',
  'Reset password': 'パスワードをリセット',
  Management: '管理',
} as const

/** A label of the console in English, with the one of the Japanese console beside it where that is known: `Users (ユーザー)`. */
export function label(english: string): string {
  return Object.hasOwn(labels, english) ? `${english} (${labels[english as keyof typeof labels]})` : english
}

/** A way through the console: `Users (ユーザー) > taro > Reset password (パスワードをリセット)`. Names of others stay as they are. */
export function clicks(...english: readonly string[]): string {
  return english.map(label).join(' > ')
}

/** Address of a page of the Identity Center console in a Region, with the host of the Region's partition. */
export function consolePage(region: string, page?: 'settings' | 'users'): string {
  return `${consoleIn(region)}/home?region=${region}${page ? `#!/${page}` : ''}`
}

/** What to click to enable an organization instance, behind the address. Source: user guide, "Enable IAM Identity Center". */
export const enabling = `${label('Enable')} > Enable IAM Identity Center with AWS Organizations > ${label('Enable')}`

/** What to click to remove an instance. Source: user guide, "Delete your IAM Identity Center instance". */
export const deleting = clicks('Settings', 'Management', 'Delete')
