;;; eglot.el --- What a user of Emacs with Eglot does, done by a script  -*- lexical-binding: t -*-
;; Its answers go to the file CODING_SPEC_ANSWERS, as JSON.
(require 'cl-lib)
(require 'eglot)
(require 'json)
(require 'xref)

(defvar answers nil)
(defconst patience 10)
(defconst workspace default-directory)

(defun wait (what holds)
  (with-timeout (patience (error "waited in vain for %s" what))
    (let (answer)
      (while (not (setq answer (funcall holds)))
        (accept-process-output nil 0.02))
      answer)))

(defun open (name)
  (let* ((file (expand-file-name name workspace))
         (known (get-file-buffer file)))
    (when known
      (with-current-buffer known (set-buffer-modified-p nil))
      (kill-buffer known))
    (switch-to-buffer (find-file-noselect file)))
  ;; Emacs does this after each command; a script has none.
  (run-hooks 'post-command-hook)
  (when (derived-mode-p 'coding-spec-mode)
    (wait "the server" #'eglot-current-server)
    (flymake-start)
    (wait "diagnostics" #'flymake-diagnostics)))

(defun go-to (words)
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun text () (buffer-substring-no-properties (point-min) (point-max)))

(defun shown ()
  (vconcat
   (mapcar (lambda (found)
             `((message . ,(flymake-diagnostic-text found))
               (severity . ,(symbol-name (flymake-diagnostic-type found)))
               (at . ,(buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found)))))
           (flymake-diagnostics))))

(defun shows (words)
  (seq-some (lambda (found) (string-match-p words (flymake-diagnostic-text found))) (flymake-diagnostics)))

(defun act (title)
  "Choose the action whose title has TITLE in it, as a user does in the list that is shown."
  (let (offered (last-nonmenu-event ?a)) ; a key, so that the list is no menu of the mouse
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (setq offered (mapcar (lambda (item) (if (consp item) (car item) item)) items))
                 (seq-find (lambda (label) (string-match-p title label)) offered))))
      (eglot-code-actions (point) nil nil t))
    `((offered . ,(vconcat offered)) (text . ,(text)))))

(defmacro step (name &rest body)
  `(when (member (getenv "CODING_SPEC_STEP") '(nil ,(symbol-name name)))
     (push (cons ',name (condition-case problem
                            (list (cons 'answer (progn ,@body)))
                          (error (list (cons 'failed (error-message-string problem))))))
           answers)))

(step diagnostics
      (open "first.encounter.yaml")
      `((shown . ,(shown)) (mode . ,(symbol-name major-mode))))

(step edited
      (go-to "11:35")
      (delete-char 5)
      (insert "11:28")
      (eglot--signal-textDocument/didChange)
      (wait "the lines of the edit" (lambda () (shows "28 minutes")))
      (shown))

(step hover
      (open "first.encounter.yaml")
      (go-to "substance")
      (let (answer)
        (eglot-hover-eldoc-function (lambda (said &rest _) (setq answer said)))
        (substring-no-properties (wait "the hover" (lambda () answer)))))

(step completion
      (open "complete.encounter.yaml")
      (go-to "9636")
      (forward-char 4)
      (pcase-let* ((`(,start ,end ,table . ,plist) (eglot-completion-at-point))
                   (found (all-completions (buffer-substring-no-properties start end) table))
                   (chosen (seq-find (lambda (label) (string-prefix-p "96366" label)) found)))
        (delete-region start end)
        (insert chosen)
        (funcall (plist-get plist :exit-function) chosen 'finished)
        `((offered . ,(vconcat (mapcar #'substring-no-properties found)))
          (line . ,(buffer-substring-no-properties (line-beginning-position) (line-end-position))))))

(step definition
      (open "first.encounter.yaml")
      (go-to "96365")
      (let ((server (eglot-current-server)))
        (call-interactively #'xref-find-definitions)
        (run-hooks 'post-command-hook)
        `((same-server . ,(if (eq server (eglot-current-server)) t :json-false))
          (file . ,(file-name-nondirectory buffer-file-name))
          (line . ,(buffer-substring-no-properties (line-beginning-position) (line-end-position))))))

(step rename
      (open "rename.encounter.yaml")
      (go-to "bag-one")
      (eglot-rename "morning-bag")
      (text))

(step formatting
      (open "untidy.encounter.yaml")
      (eglot-format-buffer)
      (text))

(step quick_fix
      (open "unquoted.encounter.yaml")
      (go-to "0059")
      (act "in quotes"))

(step refactoring
      (open "first.encounter.yaml")
      (go-to "96367")
      (act "Accept"))

(step command
      (open "first.encounter.yaml")
      (let ((answer (eglot-execute-command (eglot-current-server) 'codingSpec.codes.releases nil)))
        `((folders . ,(length (plist-get answer :folders))))))

(step others
      (open "plain.yaml")
      `((mode . ,(symbol-name major-mode)) (managed . ,(if (eglot-managed-p) t :json-false))))

(with-temp-file (getenv "CODING_SPEC_ANSWERS")
  (insert (json-encode answers)))
