<#import "template.ftl" as layout>
<#-- One of the codes on paper, by its number in the list. -->
<#assign wrong = messagesPerField.existsError('recoveryCodeInput')>
<@layout.registrationLayout displayMessage=!wrong; section>
  <#if section = "header">
    ${msg("auth-recovery-code-header")}
  <#elseif section = "form">
    <#if wrong>
      <div class="notice notice-error" id="input-error" role="alert">${kcSanitize(messagesPerField.get('recoveryCodeInput'))?no_esc}</div>
    </#if>
    <form id="kc-recovery-code-login-form" action="${url.loginAction}" method="post">
      <div class="field">
        <label for="recoveryCodeInput">${msg("auth-recovery-code-prompt", recoveryAuthnCodesInputBean.codeNumber?c)}</label>
        <p class="beside" id="recovery-hint">${msg("auth-recovery-code-info-message")}</p>
        <input id="recoveryCodeInput" name="recoveryCodeInput" class="digits" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" autofocus required
               aria-describedby="recovery-hint<#if wrong> input-error" aria-invalid="true<#else></#if>">
      </div>
      <button type="submit" id="kc-login" name="login">${msg("doLogIn")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
