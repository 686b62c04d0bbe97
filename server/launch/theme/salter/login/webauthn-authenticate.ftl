<#import "template.ftl" as layout>
<#-- The security key, asked for after the password. -->
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("webauthn-login-title")}
  <#elseif section = "form">
    <p>${msg("webauthn-login-intro")}</p>
    <form id="webauth" action="${url.loginAction}" method="post" data-webauthn="authenticate"
          data-challenge="${challenge}" data-rp-id="${rpId}" data-verification="${userVerification}" data-timeout-seconds="${createTimeout?c}"
          data-known="<#if authenticators??><#list authenticators.authenticators as each>${each.credentialId}<#sep>,</#list></#if>"
          data-unsupported="${msg("webauthn-unsupported-browser-text")}">
      <#list ["clientDataJSON", "authenticatorData", "signature", "credentialId", "userHandle", "error"] as name>
        <input type="hidden" name="${name}">
      </#list>
      <button type="submit" class="primary" id="authenticateWebAuthnButton" autofocus>${msg("webauthn-doAuthenticate")}</button>
    </form>
    <script type="module" src="${url.resourcesPath}/js/securityKey.js"></script>
  </#if>
</@layout.registrationLayout>
