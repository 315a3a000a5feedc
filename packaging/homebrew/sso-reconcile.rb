# Template: scripts/formula.mjs fills in @URL@ and @SHA256@ from what npm packed.
class SsoReconcile < Formula
  desc "Describe AWS IAM Identity Center access and AWS CLI profiles in one file"
  homepage "https://github.com/sso-reconcile/sso-reconcile"
  url "@URL@"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    generate_completions_from_executable(bin/"sso-reconcile", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/sso-reconcile --version")
    system bin/"sso-reconcile", "apply", "--sandbox", "--yes"
    assert_match "No changes.", shell_output("#{bin}/sso-reconcile plan --sandbox")
  end
end
