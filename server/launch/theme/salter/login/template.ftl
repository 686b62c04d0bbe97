<#import "footer.ftl" as loginFooter>
<#-- Keycloak's names of the two Serbian scripts, as the browser must hear them (identity/loginLocale.ts). -->
<#function tag name><#return {"sh": "sr-Latn", "sr": "sr-Cyrl"}[name]!name></#function>
<#-- The frame around every page of Keycloak's login: word mark, one sheet, languages written in themselves. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!DOCTYPE html>
<html lang="${tag(lang)}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${msg("loginTitle", (realm.displayName!''))}</title>
  <#list properties.styles?split(' ') as style>
    <link rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#list>
  <link rel="icon" type="image/svg+xml" href="${url.resourcesPath}/img/mark.svg">
</head>
<body data-page-id="login-${pageId}">
  <div class="strip"></div>
  <header class="head">
    <#if client?? && client.baseUrl?has_content>
      <a class="mark" href="${client.baseUrl}"><img src="${url.resourcesPath}/img/mark.svg" alt="" width="32" height="32"><span>${msg("salterMark")}</span></a>
    <#else>
      <span class="mark"><img src="${url.resourcesPath}/img/mark.svg" alt="" width="32" height="32"><span>${msg("salterMark")}</span></span>
    </#if>
  </header>
  <main class="sheet">
    <h1 id="kc-page-title"><#nested "header"></h1>
    <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
      <#nested "show-username">
      <p class="known" id="kc-username">
        <strong id="kc-attempted-username">${auth.attemptedUsername}</strong>
        <a id="reset-login" href="${url.loginRestartFlowUrl}">${msg("restartLoginTooltip")}</a>
      </p>
    </#if>
    <#if displayRequiredFields><p class="hint">* ${msg("requiredFields")}</p></#if>
    <#if displayMessage && message?has_content && (message.type != 'warning' || !isAppInitiatedAction??)>
      <div class="notice notice-${message.type}" role="<#if message.type = 'error'>alert<#else>status</#if>">${kcSanitize(message.summary)?no_esc}</div>
    </#if>
    <#nested "form">
    <#if auth?has_content && auth.showTryAnotherWayLink()>
      <form id="kc-select-try-another-way-form" action="${url.loginAction}" method="post">
        <input type="hidden" name="tryAnotherWay" value="on">
        <button type="submit" class="quiet" id="try-another-way">${msg("doTryAnotherWay")}</button>
      </form>
    </#if>
    <#nested "socialProviders">
    <#if displayInfo><div id="kc-info" class="hint"><#nested "info"></div></#if>
    <@loginFooter.content/>
  </main>
  <#if realm.internationalizationEnabled && locale?? && locale.supported?size gt 1>
    <nav class="languages" id="kc-locale" aria-label="${msg("languages")}">
      <ul>
        <#list locale.supported as each>
          <li><a href="${each.url}" lang="${tag(each.languageTag)}" hreflang="${tag(each.languageTag)}"<#if each.languageTag = lang> aria-current="true"</#if>>${each.label}</a></li>
        </#list>
      </ul>
    </nav>
  </#if>
</body>
</html>
</#macro>
