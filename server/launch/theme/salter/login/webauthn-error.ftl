<#import "template.ftl" as layout>
<#-- The key was not taken: what happened, and once more. -->
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("webauthn-error-title")}
  <#elseif section = "form">
    <p>${msg("webauthn-error-hint")}</p>
    <form id="kc-error-credential-form" action="${url.loginAction}" method="post">
      <input type="hidden" name="authenticationExecution" value="${execution}">
      <input type="hidden" name="isSetRetry" value="retry">
      <button type="submit" class="primary" id="kc-try-again">${msg("doTryAgain")}</button>
    </form>
    <#if isAppInitiatedAction??>
      <form action="${url.loginAction}" method="post">
        <button type="submit" class="quiet" id="cancelWebAuthnAIA" name="cancel-aia" value="true">${msg("doCancel")}</button>
      </form>
    </#if>
  </#if>
</@layout.registrationLayout>
