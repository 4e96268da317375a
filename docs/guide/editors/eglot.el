;;; coding-spec.el --- Coding Spec for Emacs, with Eglot  -*- lexical-binding: t -*-
;; Put this into init.el. Eglot is part of Emacs since version 29; before, it is a package.

;; Specifications and encounters have a mode of their own, so that other YAML files keep the server that they have. It
;; looks like the mode for YAML that you use; `yaml-ts-mode' is another one.
(require 'yaml-mode nil t)
(if (fboundp 'yaml-mode)
    (define-derived-mode coding-spec-mode yaml-mode "Coding Spec")
  (define-derived-mode coding-spec-mode prog-mode "Coding Spec"
    (setq-local comment-start "# " indent-tabs-mode nil)))

(dolist (name '("\\.\\(family\\|spec\\|policy\\|table\\|encounter\\)\\.ya?ml\\'" "\\.codes\\.csv\\'"))
  (add-to-list 'auto-mode-alist (cons name 'coding-spec-mode)))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(coding-spec-mode . ("coding-spec" "lsp"))))
(setq-default eglot-workspace-configuration '(:codingSpec (:lines (:show "diagnostics"))))

;; The built-in library lies outside of the project; the same server answers for its files.
(setq eglot-extend-to-xref t)
(add-hook 'coding-spec-mode-hook #'eglot-ensure)
