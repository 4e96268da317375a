;;; coding-spec.el --- Coding Spec for Emacs, with lsp-mode  -*- lexical-binding: t -*-
;; Put this into init.el. lsp-mode is a package.

;; Specifications and encounters have a mode of their own, so that other YAML files keep the server that they have.
(require 'yaml-mode nil t)
(if (fboundp 'yaml-mode)
    (define-derived-mode coding-spec-mode yaml-mode "Coding Spec")
  (define-derived-mode coding-spec-mode prog-mode "Coding Spec"
    (setq-local comment-start "# " indent-tabs-mode nil)))

(dolist (name '("\\.\\(family\\|spec\\|policy\\|table\\|encounter\\)\\.ya?ml\\'" "\\.codes\\.csv\\'"))
  (add-to-list 'auto-mode-alist (cons name 'coding-spec-mode)))

(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(coding-spec-mode . "coding-spec"))
  (lsp-register-custom-settings '(("codingSpec.lines.show" "diagnostics")))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection '("coding-spec" "lsp"))
    :activation-fn (lsp-activate-on "coding-spec")
    :server-id 'coding-spec
    ;; How the server is doing, which only the extension for VS Code shows.
    :notification-handlers (lsp-ht ("codingSpec/status" #'ignore)))))

(add-hook 'coding-spec-mode-hook #'lsp-deferred)
