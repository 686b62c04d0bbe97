<#import "template.ftl" as layout>
<#-- Before a way of signing in is taken away, it is named once more. -->
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("deleteCredentialTitle", credentialLabel)}
  <#elseif section = "form">
    <p>${msg("deleteCredentialMessage", credentialLabel)}</p>
    <form action="${url.loginAction}" method="post">
      <button type="submit" class="primary" id="kc-accept" name="accept" value="true">${msg("doConfirmDelete")}</button>
      <button type="submit" class="quiet" id="kc-decline" name="cancel-aia" value="true">${msg("doCancel")}</button>
    </form>
  </#if>
</@layout.registrationLayout>
