<#import "template.ftl" as layout>
<#-- The ways there are, each with what one needs for it. -->
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("loginChooseAuthenticator")}
  <#elseif section = "form">
    <form id="kc-select-credential-form" class="ways" action="${url.loginAction}" method="post">
      <#list auth.authenticationSelections as each>
        <button type="submit" name="authenticationExecution" value="${each.authExecId}">
          <strong>${msg('${each.displayName}')}</strong>
          <span>${msg('${each.helpText}')}</span>
        </button>
      </#list>
    </form>
  </#if>
</@layout.registrationLayout>
